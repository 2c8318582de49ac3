package dev.numberferry.simulation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.simulation.Call.Service;
import dev.numberferry.simulation.Run.Script;
import dev.numberferry.simulation.Run.Sure;
import dev.numberferry.simulation.WhatsApp.Line;
import dev.numberferry.standin.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What is there at the start, who does what, and how much may go wrong. */
final class World {

  /** A PIN that no number has. */
  static final String WRONG_PIN = "820461";

  static final String GENERATE = "generate";

  /** What comes before a look at the clock. */
  private static final Set<Service> TIMED = EnumSet.of(Service.MACHINE, Service.CONNECTION);

  /** Stands for all numbers. */
  private static final String EVERY = "every";

  private static final String NONE = "none";

  /** The secret that all numbers have an entry in. */
  private static final String MANY = "whatsapp/many";

  /** So long a time jumps that every run is over after it. */
  private static final Duration JUMP = Duration.ofSeconds(100);

  private final String program;
  private final Scripts scripts;
  private final List<Source> sources = new ArrayList<>();

  /** What nobody changes: what is read there is the same at any time. */
  private final Set<Service> constant =
      EnumSet.of(
          Service.MACHINE,
          Service.LEDGER_FORM,
          Service.SECRETS,
          Service.BUCKET,
          Service.QUEUE,
          Service.CONNECTION,
          Service.DETAILS);

  /** How many processes are about a number. */
  private final Map<String, Integer> visitors = new HashMap<>();

  private String name;
  private Outside start = Outside.EMPTY;

  /** The PIN of each number that has an entry in one secret; nothing where each has its own. */
  private Optional<Map<String, String>> entries = Optional.empty();

  private int faults = 1;
  private int jumps;
  private boolean late;
  private boolean soonDone;

  private World(String name, String program, Scripts scripts) {
    this.name = name;
    this.program = program;
    this.scripts = scripts;
  }

  static World of(String name) {
    return withBrakeAfter(3, name);
  }

  static World withBrakeAfter(int harms, String name) {
    Program program = new Program(harms, DynamoModel::new);
    return new World(name, "brake after " + harms, new Scripts(program));
  }

  /** A world whose DynamoDB is not what it should be. */
  static World on(Function<Remote, DynamoDbClient> ledger, String name) {
    return new World(name, name, new Scripts(new Program(3, ledger)));
  }

  World faults(int most) {
    faults = most;
    return this;
  }

  /** So small that it is looked at as a whole each time. */
  World soonDone() {
    soonDone = true;
    return this;
  }

  /** The same with one fault more. */
  World worse() {
    faults++;
    name += ", %s faults".formatted(faults);
    soonDone = false;
    return this;
  }

  /** Time may jump so often, over the end of every run. */
  World jumps(int most) {
    jumps = most;
    return this;
  }

  /** Writes may arrive when their callers have given them up. */
  World lateWrites() {
    late = true;
    return this;
  }

  /**
   * A number on the On-Premises API, with its backup.
   *
   * @param storedPin that stands in its secret
   */
  World number(String number, String storedPin) {
    boolean generates = storedPin.equals(GENERATE);
    if (generates) {
      constant.remove(Service.SECRETS);
    }
    Line line =
        new Line(generates ? Optional.empty() : Optional.of(Sample.PIN), false, Line.CONNECTED);
    start =
        start
            .withWhatsApp(start.whatsApp().with(number, line))
            .withVault(stored(number, storedPin))
            .withBucket(start.bucket().with(key(number), "b1"));
    return this;
  }

  /** All numbers that come from here on have an entry in one secret. */
  World inOneSecret() {
    entries = Optional.of(new TreeMap<>());
    return this;
  }

  /** A person corrects one number's PIN in the secret of all. */
  World correction(String process, String number) {
    Map<String, String> corrected = new TreeMap<>(entries.orElseThrow());
    corrected.put(number, Sample.PIN);
    return happening(
        process,
        "corrects the entry of " + number,
        Service.SECRETS,
        it -> it.withVault(it.vault().with(MANY, new Vault.Version(process, text(corrected)))));
  }

  /** WhatsApp shows a number with another status than that it is connected. */
  World status(String number, String status) {
    start = start.withWhatsApp(shown(start.whatsApp(), number, status));
    return this;
  }

  private Vault stored(String number, String pin) {
    entries.ifPresent(it -> it.put(number, pin));
    return entries
        .map(it -> start.vault().with(MANY, new Vault.Version("v" + it.size(), text(it))))
        .orElseGet(() -> start.vault().with(secret(number), new Vault.Version("v1", text(pin))));
  }

  private static WhatsApp shown(WhatsApp whatsApp, String number, String status) {
    Line line = whatsApp.line(number);
    return line.moved() ? whatsApp : whatsApp.with(number, line.withStatus(status));
  }

  /** Objects have no versions. */
  World withoutVersions() {
    start = start.withBucket(new Bucket(Map.of(), false));
    return this;
  }

  World event(String process, String number) {
    String what = "event %s%s".formatted(number, entries.isPresent() ? " in " + MANY : "");
    return add(process, number, what, 1, it -> scripts.event(migration(number)));
  }

  /** A message of the queue: where it fails, it comes again. */
  World message(String process, String number, int deliveries) {
    return add(
        process,
        number,
        "message " + number,
        deliveries,
        it -> scripts.message(migration(number), it));
  }

  /**
   * An upload that is there already, and of which S3 tells at some time.
   *
   * @param order hexadecimal digits, as S3 gives them
   */
  World upload(String process, String number, String version, String order) {
    return upload(process, key(number), new Upload(Optional.of(version), "00", order));
  }

  /**
   * The same where objects have no versions: each upload has a key of its own.
   *
   * @param second in which it was made, of one minute
   */
  World upload(String process, String number, String file, String second, String order) {
    return upload(process, number + "/" + file, new Upload(Optional.empty(), second, order));
  }

  private World upload(String process, String key, Upload upload) {
    start = start.withBucket(start.bucket().with(key, upload.version().orElse(process)));
    return add(
        process,
        key.split("/", -1)[0],
        "upload %s %s".formatted(key, upload),
        1,
        it -> scripts.upload(notification(key, upload), key));
  }

  /** A person deletes the backup, so that nothing is current. */
  World deletion(String process, String number) {
    return happening(
        process,
        "deletes the backup of " + number,
        Service.BUCKET,
        it -> it.withBucket(it.bucket().withDeletion(key(number))));
  }

  /** A person takes a version of the backup back, so that an earlier one is current. */
  World takingBack(String process, String number, String version) {
    return happening(
        process,
        "takes back %s of %s".formatted(version, number),
        Service.BUCKET,
        it -> it.withBucket(it.bucket().without(key(number), version)));
  }

  /** WhatsApp shows a number with another status from then on. */
  World statusChange(String process, String number, String status) {
    return happening(
        process,
        "WhatsApp shows %s as %s".formatted(number, status),
        Service.WHATSAPP,
        it -> it.withWhatsApp(shown(it.whatsApp(), number, status)));
  }

  /**
   * @param changed what is not constant then
   */
  private World happening(
      String process, String words, Service changed, UnaryOperator<Outside> change) {
    constant.remove(changed);
    return add(process, EVERY, words, 1, it -> scripts.happening(words, change));
  }

  World sweep(String process) {
    return add(process, EVERY, "sweep", 1, it -> scripts.sweep());
  }

  World retry(String process, String number) {
    return add(
        process, number, "retry " + number, 1, it -> scripts.retry(number, migration(number)));
  }

  /** A person sends an event, and again with what its result says that a retry has to say. */
  World insistence(String process, String number) {
    return add(process, number, "insist " + number, 1, it -> scripts.insist(migration(number)));
  }

  World rightPin(String process, String number) {
    constant.remove(Service.SECRETS);
    return add(
        process,
        number,
        "rightPin " + number,
        1,
        it -> scripts.rightPin(secret(number), text(Sample.PIN), migration(number)));
  }

  World release(String process) {
    return add(process, NONE, "release", 1, it -> scripts.release());
  }

  private World add(
      String process, String about, String what, int deliveries, IntFunction<Script> script) {
    visitors.merge(about, 1, Integer::sum);
    sources.add(new Source(process, what + ", " + program, deliveries, script));
    return this;
  }

  /** How it begins. */
  State start() {
    return new State(
        sources.stream().map(it -> it.delivery(1)).toList(),
        sources.stream().map(it -> 1).toList(),
        start,
        faults,
        jumps);
  }

  String name() {
    return name;
  }

  List<Source> sources() {
    return sources;
  }

  Source sweeps() {
    return new Source("last sweep", "sweep, " + program, 1, it -> scripts.sweep());
  }

  Duration jump() {
    return JUMP;
  }

  boolean isSoonDone() {
    return soonDone;
  }

  boolean hasLateWrites() {
    return late;
  }

  /**
   * What a process need not be told: where no fault can come any more, what is constant.
   *
   * @param faults so many may still happen
   */
  Sure sure(int faults) {
    return faults == 0 ? constants() : Sure.NOTHING;
  }

  /**
   * Whether a call brings the same whenever it is made, and makes no difference to others: it may
   * be made before all that is not. A difference would be, where time jumps, how late it is.
   */
  boolean goesFirst(Call call, Outside outside) {
    return constants().has(call)
        || call.isSettled(outside)
        || (jumps == 0
            && outside.late().isEmpty()
            && (call.isAtOnce() || call.number().filter(this::isOfOne).isPresent()));
  }

  private boolean isOfOne(String number) {
    return visitors.getOrDefault(number, 0) == 1 && visitors.get(EVERY) == null;
  }

  private Constants constants() {
    return new Constants(constant, jumps > 0, start);
  }

  /** What is constant in a world, and what that is. */
  private record Constants(Set<Service> services, boolean timeJumps, Outside outside)
      implements Sure {

    boolean has(Call call) {
      return services.contains(call.service())
          && !call.isAtOnce()
          && (!TIMED.contains(call.service()) || !timeJumps);
    }

    @Override
    public Optional<Heard> answer(Call call, Instant now) {
      return has(call) ? Optional.of(new Heard(call.on(outside).answer(), now)) : Optional.empty();
    }
  }

  private static String key(String number) {
    return number + "/backup.json";
  }

  private static String secret(String number) {
    return "whatsapp/" + number;
  }

  private static String text(String pin) {
    return Sample.secret().replace(Sample.PIN, pin);
  }

  private static String text(Map<String, String> entries) {
    ObjectNode secret = Sample.secretForMany();
    ObjectNode numbers = secret.putObject("numbers");
    entries.forEach(
        (number, pin) ->
            numbers.putObject(number).put("pin", pin).put("backupPassword", Sample.PASSWORD));
    return secret.toString();
  }

  private ObjectNode migration(String number) {
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("phoneNumberId", number);
    entries.ifPresent(it -> event.put("secretId", MANY));
    event.putObject("backup").put("bucket", Sample.BUCKET).put("key", key(number));
    return event;
  }

  /**
   * An upload as S3 tells of it.
   *
   * @param order hexadecimal digits
   */
  private record Upload(Optional<String> version, String second, String order) {}

  private static ObjectNode notification(String key, Upload upload) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    ObjectNode record = event.putArray("Records").addObject();
    record
        .put("eventSource", "aws:s3")
        .put("eventName", "ObjectCreated:Put")
        .put("eventTime", "2026-11-29T11:59:%sZ".formatted(upload.second()));
    ObjectNode s3 = record.putObject("s3");
    s3.putObject("bucket").put("name", Sample.BUCKET);
    ObjectNode object = s3.putObject("object").put("key", key).put("sequencer", upload.order());
    upload.version().ifPresent(it -> object.put("versionId", it));
    return event;
  }

  @Override
  public String toString() {
    return name;
  }
}
