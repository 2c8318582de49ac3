package dev.numberferry.crash;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static dev.numberferry.standin.GraphStandIn.error;
import static dev.numberferry.standin.GraphStandIn.state;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.numberferry.standin.CallListener;
import dev.numberferry.standin.CallListener.Call;
import dev.numberferry.standin.LambdaStandIn.Answer;
import dev.numberferry.standin.Needs;
import dev.numberferry.standin.Sample;
import dev.numberferry.standin.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The state machine moves lists of numbers with the native binary. An emulator runs it, which never
 * ends a Map for its failures: the brake does, and that line of the file has a test of its own.
 */
@Needs(Tool.STATE_MACHINES)
class FleetIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REGISTER = "POST register";
  private static final String ALL = "\"upTo\": \"ALL\"";
  private static final int LINE_DOWN = 133005;

  /**
   * A canary, and two more that the brake counts as soon as they are answered: with the third it is
   * engaged, however many numbers a fast machine moves while another one's state is looked at.
   */
  private static final List<Integer> REFUSED = List.of(1, 10, 11);

  @RegisterExtension private static final Outside OUTSIDE = Outside.somewhatPatient();

  private static FleetRuns runs;

  private final List<String> executions = new ArrayList<>();

  @BeforeAll
  static void start() {
    runs = new FleetRuns(OUTSIDE);
  }

  @AfterAll
  static void end() {
    runs.close();
  }

  @BeforeEach
  void eachNumberStandsByItself() {
    runs.throttle(false);
    OUTSIDE.resetToAnyNumber();
    OUTSIDE.ledger().clock(Clock.systemUTC());
    OUTSIDE.graph().movesEach(okJson("{\"success\": true}"));
  }

  /** From a list with everything wrong to one that has moved, by the same order again and again. */
  @Test
  void sixtyNumbersMoveAndEachIsCalledOnceWhateverItsFate() {
    manifest(60, i -> i == 52 ? "+15550000000" : "");
    for (int i : REFUSED) {
      OUTSIDE.graph().answersOne(number(i), refusal());
      // PINs are compared by the versions of their secrets.
      OUTSIDE.secrets().put("whatsapp/" + number(i), Sample.secret());
    }
    OUTSIDE.graph().answersOne(number(7), aResponse().withStatus(500));
    OUTSIDE.graph().movesOne(number(40), okJson("{\"success\": true}").withFixedDelay(4_000));
    OUTSIDE.graph().tellsOne(number(50), state("CLOUD_API", "CONNECTED"));
    OUTSIDE.graph().tellsOne(number(51), state("ON_PREMISE", "BANNED"));
    OUTSIDE.secrets().put("whatsapp/" + number(53), "{}");
    OUTSIDE.graph().looksAnswerOne(number(54), aResponse().withStatus(500));

    JsonNode dryRun = run("mixed-1", ALL);

    assertStopped(dryRun, "Rows that the dry run did not find ready: 4; notReady is 0");
    assertThat(OUTSIDE.graph().registers()).isEmpty();
    assertThat(report("mixed-1", "DRY_RUN").lines().skip(1).limit(4))
        .allMatch(it -> it.matches("(52|53|54|55),.*"));

    JsonNode canary = run("mixed-2", ALL + ", \"notReady\": 4, \"canary\": 2");

    assertStopped(canary, "Canaries that did not move: 1");
    assertThat(called()).containsExactly(number(1), number(2));

    JsonNode braked = run("mixed-3", ALL + ", \"notReady\": 5, \"canary\": 3, \"tolerated\": 2");

    assertStopped(braked, "Rows that did not move: ");
    assertThat(called()).contains(number(7), number(10), number(11)).doesNotContain(number(60));
    JsonNode counts = cause(braked).path("counts");
    assertThat(counts.path("LINE_DOWN").asInt()).isEqualTo(3);
    assertThat(counts.path("UNCLEAR").asInt()).isOne();
    assertThat(counts.path("HELD_BACK").asInt()).isGreaterThan(10);

    int invokes = runs.invokes();
    int looks = OUTSIDE.graph().looks().size();
    assertStopped(run("mixed-4", ALL), "The brake is engaged");
    assertThat(runs.invokes()).isEqualTo(invokes);
    assertThat(OUTSIDE.graph().looks()).hasSize(looks);

    release();
    mend();
    JsonNode all = run("mixed-5", ALL + ", \"canary\": 1");

    assertFinished(all, "All that was ready was sent; rows that did not move: 0");
    assertThat(verdict(all).at("/counts/MOVED").asInt()).isEqualTo(60);

    int asked = OUTSIDE.graph().looks().size();
    int registers = OUTSIDE.graph().registers().size();
    assertFinished(run("mixed-6", ALL), "The dry run is over; rows that are ready to move: 0");
    assertThat(OUTSIDE.graph().registers()).hasSize(registers);
    // Of 7 and 50 the ledger knows no call that moved them.
    assertThat(OUTSIDE.graph().looks()).hasSize(asked + 2);
    // 50 was on the Cloud API before; three were called again, with other PINs.
    assertThat(Set.copyOf(called())).hasSize(59);
    assertThat(registers).isEqualTo(62);
    assertEachCalledOnce();
    assertNoSecretIsTold();
  }

  private static void mend() {
    for (int i : REFUSED) {
      OUTSIDE
          .secrets()
          .put("whatsapp/" + number(i), Sample.secret().replace(Sample.PIN, "4071" + (10 + i)));
      OUTSIDE.graph().movesOne(number(i), okJson("{\"success\": true}"));
    }
    // It moved after all, and later than anybody looked.
    OUTSIDE.graph().tellsOne(number(7), state("CLOUD_API", "CONNECTED"));
    OUTSIDE.graph().tellsOne(number(51), state("ON_PREMISE", "CONNECTED"));
    OUTSIDE.graph().tellsOne(number(54), state("ON_PREMISE", "CONNECTED"));
    OUTSIDE.secrets().put("whatsapp/" + number(53), Sample.secret());
    manifest(60, i -> "");
  }

  @Test
  void aListThatIsStartedTwiceAtOnceIsMovedOnce() {
    manifest(12, i -> "");
    String order = ALL + ", \"canary\": 2, \"notReady\": 12";

    String one = start("twice-1", order);
    String other = start("twice-2", order);
    runs.end(one);
    runs.end(other);

    assertFinished(run("twice-3", ALL), "");
    assertThat(called()).hasSize(12).doesNotHaveDuplicates();
    assertNoSecretIsTold();
  }

  /** The number is on the other side, and nobody has heard the answer. */
  @Test
  void threeFunctionsThatAreLostInsideOfRegisterMakeNoSecondCall() {
    manifest(6, i -> "");
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch lost = new CountDownLatch(1);
    OUTSIDE.listener(
        tookEffect(
            REGISTER,
            call -> {
              int number = calls.incrementAndGet();
              // The first is the canary's.
              if (number == 4) {
                runs.lose();
                lost.countDown();
              } else if (number > 1 && number < 4) {
                awaitAll(lost);
              }
            }));

    JsonNode ended = run("lost-1", ALL + ", \"canary\": 1, \"concurrency\": 3");

    assertFinished(ended, "All that was ready was sent; rows that did not move: 0");
    assertThat(called()).hasSize(6).doesNotHaveDuplicates();
    assertNoSecretIsTold();
  }

  /** Whatever stops the rows: the report comes, and the list is started again. */
  @Test
  void underTheEmergencyStopTheReportComes() {
    manifest(9, i -> "");
    AtomicInteger calls = new AtomicInteger();
    OUTSIDE.listener(tookEffect(REGISTER, call -> runs.throttle(calls.incrementAndGet() >= 3)));

    JsonNode stopped = run("stop-1", ALL + ", \"canary\": 1, \"concurrency\": 2");

    assertStopped(stopped, "Rows that did not move: ");
    int moved = called().size();
    assertThat(moved).isBetween(3, 5);
    assertThat(report("stop-1", "ALL").lines()).hasSize(10);
    assertThat(cause(stopped).at("/counts/MOVED").asInt()).isEqualTo(moved);

    OUTSIDE.listener(CallListener.NONE);
    runs.throttle(false);
    assertFinished(run("stop-2", ALL), "");
    assertThat(called()).hasSize(9).doesNotHaveDuplicates();
  }

  @Test
  void whatWasAbortedInTheMiddleIsStartedAgain() {
    manifest(9, i -> "");
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch aborted = new CountDownLatch(1);
    OUTSIDE.listener(
        tookEffect(
            REGISTER,
            call -> {
              if (calls.incrementAndGet() == 3) {
                runs.abort(executions.get(0));
                aborted.countDown();
              }
            }));
    start("abort-1", ALL + ", \"canary\": 1, \"concurrency\": 2");
    awaitAll(aborted);

    Answer byHand = runs.ask("{\"run\": \"abort-1\"}");

    assertThat(byHand.json().getString("go")).isEqualTo("REPORTED");
    assertThat(report("abort-1", "by-hand").lines()).hasSize(10);
    assertFinished(run("abort-2", ALL + ", \"notReady\": 9"), "");
    assertFinished(run("abort-3", ALL), "");
    assertThat(called()).hasSize(9).doesNotHaveDuplicates();
  }

  /** Twenty questions, and then WhatsApp refuses three before it answers again. */
  @Test
  void tenNumbersOfALimitedAccountAllMoveWithWaits() {
    manifest(10, i -> "");
    AtomicInteger questions = new AtomicInteger();
    List<Runnable> limit = new ArrayList<>();
    OUTSIDE.listener(
        CallListener.of(
            call -> {
              if (call.name().equals("GET number")) {
                limitAfterTwenty(questions.incrementAndGet() % 23, limit);
              }
            },
            call -> {}));
    int waits = runs.waits();

    JsonNode ended = run("limited-1", ALL);

    assertFinished(ended, "All that was ready was sent; rows that did not move: 0");
    assertThat(called()).hasSize(10).doesNotHaveDuplicates();
    assertThat(runs.waits()).isGreaterThan(waits);
  }

  private static synchronized void limitAfterTwenty(int question, List<Runnable> limit) {
    if (question > 20 && limit.isEmpty()) {
      limit.add(
          OUTSIDE
              .graph()
              .looksAnswerMeanwhile(
                  error(400, "{\"error\": {\"message\": \"too many\", \"code\": 80007}}")));
    } else if (question <= 20 && !limit.isEmpty()) {
      limit.remove(0).run();
    }
  }

  /** Its list is gone: the Map ends with an error, and all the same there is a report. */
  @Test
  void aMapThatFailsIsReportedAsEndedEarly() {
    manifest(2, i -> "");
    OUTSIDE.listener(
        CallListener.of(
            call -> {
              if (call.name().equals("S3.PutObject")) {
                OUTSIDE.objects().remove(Sample.FLEET_BUCKET, "runs/gone-1/DRY_RUN.json");
              }
            },
            call -> {}));

    JsonNode ended = run("gone-1", ALL);

    assertStopped(ended, "The stage DRY_RUN ended early: States.");
    assertThat(report("gone-1", "DRY_RUN").lines()).hasSize(3);
    assertThat(called()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no-manifest-1 | {\"manifest\": \"manifests/none.csv\"} | names no object",
        "unknown-field-1 | {\"manifest\": \"manifests/numbers.csv\", \"pace\": 3} | pace",
        "no-order-1 | {} | order.manifest",
        "a.name-1 | {\"manifest\": \"manifests/numbers.csv\"} | letters, digits",
        "shifted-1 | {\"manifest\": \"manifests/shifted.csv\"} | has the id of row"
      })
  void whatCannotBeUsedFailsByNameAndNothingIsInvoked(String run, String order, String word) {
    manifest(2, i -> "");
    OUTSIDE
        .objects()
        .put(
            Sample.FLEET_BUCKET,
            "manifests/shifted.csv",
            "phoneNumberId,backupKey\n%s,in/%s.json\n%s,in/%s.json\n"
                .formatted(number(1), number(2), number(2), number(1))
                .getBytes(UTF_8));
    int invokes = runs.invokes();

    JsonNode ended = runs.run(run, order);

    assertThat(ended.path("status").asText()).isEqualTo("FAILED");
    assertThat(ended.path("error").asText()).isEqualTo("Invalid");
    assertThat(ended.path("cause").asText()).contains(word);
    assertThat(runs.invokes()).isEqualTo(invokes);
    assertThat(OUTSIDE.objects().keys(Sample.FLEET_BUCKET)).noneMatch(it -> it.startsWith("runs/"));
  }

  private String start(String run, String more) {
    String order = "{\"manifest\": \"%s\", %s}".formatted(Sample.MANIFEST, more);
    String execution = runs.start(run, order);
    executions.add(execution);
    return execution;
  }

  private JsonNode run(String run, String more) {
    return runs.end(start(run, more));
  }

  /** As many numbers, each with the phone number that it is expected to have. */
  private static void manifest(int rows, IntFunction<String> expected) {
    OUTSIDE
        .objects()
        .put(
            Sample.FLEET_BUCKET,
            Sample.MANIFEST,
            IntStream.rangeClosed(1, rows)
                .mapToObj(
                    i -> "%s,in/%s.json,%s\n".formatted(number(i), number(i), expected.apply(i)))
                .collect(Collectors.joining("", "phoneNumberId,backupKey,expectedNumber\n", ""))
                .getBytes(UTF_8));
  }

  private static String number(int i) {
    return String.valueOf(106540352240000L + i);
  }

  private static ResponseDefinitionBuilder refusal() {
    return error(400, "{\"error\": {\"message\": \"refused\", \"code\": %d}}".formatted(LINE_DOWN));
  }

  private static void release() {
    String brakeId = OUTSIDE.ledger().brake().orElseThrow().getString("engaged.brakeId");
    Answer released =
        OUTSIDE.run(
            "brake",
            "{\"release\": \"all found\", \"by\": \"Ada\", \"brakeId\": \"%s\"}"
                .formatted(brakeId));
    assertThat(released.body()).contains("RELEASED");
  }

  private static CallListener tookEffect(String name, Consumer<Call> then) {
    return CallListener.of(
        call -> {},
        call -> {
          if (call.name().equals(name)) {
            then.accept(call);
          }
        });
  }

  private static void awaitAll(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The numbers that were called, each as often as it was. */
  private static List<String> called() {
    return OUTSIDE.graph().registers().stream()
        .map(it -> it.getUrl().replaceAll("^/v[0-9.]+/([0-9]+).*", "$1"))
        .sorted()
        .toList();
  }

  /** With one PIN and one backup. */
  private static void assertEachCalledOnce() {
    assertThat(OUTSIDE.graph().registers())
        .extracting(LoggedRequest::getUrl, LoggedRequest::getBodyAsString)
        .doesNotHaveDuplicates();
  }

  private static void assertFinished(JsonNode ended, String why) {
    assertThat(ended.path("status").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
    assertThat(verdict(ended).path("why").asText()).startsWith(why);
  }

  private static void assertStopped(JsonNode ended, String why) {
    assertThat(ended.path("status").asText()).as(ended.toString()).isEqualTo("FAILED");
    assertThat(ended.path("error").asText()).isEqualTo("FleetStopped");
    assertThat(cause(ended).path("why").asText()).startsWith(why);
  }

  private static JsonNode verdict(JsonNode ended) {
    return parsed(ended.path("output").asText());
  }

  private static JsonNode cause(JsonNode ended) {
    return parsed(ended.path("cause").asText());
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String report(String run, String stage) {
    return object("runs/%s/report-%s.csv".formatted(run, stage));
  }

  private static String object(String key) {
    return new String(OUTSIDE.objects().content(Sample.FLEET_BUCKET, key).orElseThrow(), UTF_8);
  }

  /** In lists, reports, what the Map Runs leave, the histories, and what the rows were answered. */
  private void assertNoSecretIsTold() {
    List<String> told = new ArrayList<>(executions.stream().map(runs::history).toList());
    OUTSIDE.objects().keys(Sample.FLEET_BUCKET).forEach(it -> told.add(object(it)));

    assertThat(told).hasSizeGreaterThan(executions.size());
    assertThat(runs.told()).isNotEmpty();
    told.addAll(runs.told());
    for (String secret : Sample.SECRETS) {
      assertThat(told).noneMatch(it -> it.contains(secret));
    }
  }
}
