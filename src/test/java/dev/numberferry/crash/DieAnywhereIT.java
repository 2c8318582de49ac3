package dev.numberferry.crash;

import static io.restassured.path.json.JsonPath.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.numberferry.crash.CrashTable.Row;
import dev.numberferry.standin.LambdaStandIn.Answer;
import dev.numberferry.standin.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The process dies at every call that it makes, before and after the call took effect. Then Lambda
 * delivers the event again, and later the schedule starts the sweep: wherever it was, {@code
 * register} is called once at the most, and the topic hears how it ended.
 */
class DieAnywhereIT {

  private static final String REGISTER = "POST register";
  private static final String CLAIM = "DynamoDB.PutItem (claim)";
  private static final String RESULT = "DynamoDB.PutItem (result)";

  @RegisterExtension private static final Outside OUTSIDE = Outside.impatient();
  private static final CrashTable TABLE = new CrashTable();

  @AfterAll
  static void print() {
    System.out.println(TABLE);
  }

  /** Lambda delivers the event again while the claim is fresh; later there is a sweep. */
  @TestFactory
  Stream<DynamicNode> migrate() {
    return Stream.of(Story.values())
        .map(story -> everywhere(story, callsOf(story), point -> migrateDies(story, point)));
  }

  /** Lambda delivers the event again when the claim is stale; nobody sweeps. */
  @TestFactory
  Stream<DynamicNode> migrateWithALateDelivery() {
    return Stream.of(Story.SUCCESS, Story.WRONG_PIN)
        .map(story -> everywhere(story, callsOf(story), point -> comesBackLate(story, point)));
  }

  @TestFactory
  Stream<DynamicNode> sweep() {
    int register = callsOf(Story.SUCCESS).indexOf(REGISTER) + 1;
    return Stream.of(Leftover.values())
        .map(
            leftover ->
                everywhere(
                    leftover,
                    callsOf(leftover, register),
                    point -> sweepDies(leftover, register, point)));
  }

  private static DynamicNode everywhere(
      Enum<?> what, List<String> calls, Consumer<CrashPoint> crash) {
    return dynamicContainer(
        what.name(),
        CrashPoint.upTo(calls.size())
            .map(point -> dynamicTest(point.toString(), () -> crash.accept(point))));
  }

  private static void migrateDies(Story story, CrashPoint point) {
    CallLog calls = kill(story, point);
    boolean lost = isLost(calls);
    Answer again = run(story);
    int registers = calls.count(REGISTER);
    OUTSIDE.passes(Duration.ofHours(1));
    Answer swept = OUTSIDE.run("sweep", "{}");

    Row row = row(story.function() + ", " + story, point, calls, again);
    assertEnded(row, story, calls, lost);
    assertThat(again.failed()).as("%s; the next run failed", row).isFalse();
    assertThat(swept.failed()).as("%s; the sweep failed", row).isFalse();
    assertThat(row.registers()).as("%s; the sweep never calls", row).isEqualTo(registers);
  }

  private static void comesBackLate(Story story, CrashPoint point) {
    CallLog calls = kill(story, point);
    boolean lost = isLost(calls);
    OUTSIDE.passes(Duration.ofHours(1));
    Answer again = run(story);

    Row row = row("migrate late, " + story, point, calls, again);
    assertEnded(row, story, calls, lost);
    assertThat(again.failed()).as("%s; the next run failed", row).isFalse();
  }

  private static void sweepDies(Leftover leftover, int register, CrashPoint point) {
    leftover.prepare(OUTSIDE, register);
    CallLog calls = listen();
    OUTSIDE.runAndKill("sweep", "{}", calls, point);
    OUTSIDE.passes(Duration.ofMinutes(1));
    Answer swept = OUTSIDE.run("sweep", "{}");

    Row row = row("sweep, " + leftover, point, calls, swept);
    assertThat(swept.failed()).as("%s; the next sweep failed", row).isFalse();
    assertThat(row.registers()).as("%s; the sweep never calls", row).isZero();
    assertThat(row.published()).as("%s", row).endsWith("MIGRATED");
    assertThat(isAnythingDue()).as("%s; something is left to do", row).isFalse();
  }

  private static CallLog kill(Story story, CrashPoint point) {
    story.prepare(OUTSIDE);
    CallLog calls = listen();
    OUTSIDE.runAndKill(story.function(), story.event(OUTSIDE), calls, point);
    return calls;
  }

  private static Answer run(Story story) {
    return OUTSIDE.run(story.function(), story.event(OUTSIDE));
  }

  /** Claimed, and nobody has written down what became of the call. */
  private static boolean isLost(CallLog calls) {
    return calls.tookEffect(CLAIM) && !calls.tookEffect(RESULT);
  }

  private static Row row(String run, CrashPoint point, CallLog calls, Answer next) {
    Row row =
        new Row(
            run,
            point,
            calls.names().get(point.number() - 1),
            calls.count(REGISTER),
            word(next),
            OUTSIDE.published());
    TABLE.add(row);
    return row;
  }

  /**
   * The topic has heard the last word on the number, as far as anybody can know it.
   *
   * @param lost whether the dead process left nothing but its claim
   */
  private static void assertEnded(Row row, Story story, CallLog calls, boolean lost) {
    boolean moved = story.moves() && calls.tookEffect(REGISTER);
    String ending = moved ? "MIGRATED" : lost ? "UNKNOWN" : story.ending();
    assertThat(row.registers()).as("%s; calls of register", row).isLessThanOrEqualTo(1);
    assertThat(row.published()).as("%s", row).endsWith(ending);
    assertThat(isSentPinStored()).as("%s; the PIN that was sent is stored", row).isTrue();
    assertThat(isAnythingDue())
        .as("%s; only an unknown outcome is looked at again", row)
        .isEqualTo(ending.equals("UNKNOWN"));
  }

  /** The calls of a run that nobody kills. */
  private static List<String> callsOf(Story story) {
    story.prepare(OUTSIDE);
    CallLog calls = listen();
    Answer answer = run(story);
    assertThat(word(answer)).isEqualTo(story.ending());
    return calls.names();
  }

  private static List<String> callsOf(Leftover leftover, int register) {
    leftover.prepare(OUTSIDE, register);
    CallLog calls = listen();
    OUTSIDE.run("sweep", "{}");
    assertThat(OUTSIDE.published()).endsWith("MIGRATED");
    return calls.names();
  }

  private static CallLog listen() {
    CallLog calls = new CallLog();
    OUTSIDE.listener(calls);
    return calls;
  }

  /** After the call nobody else would know a new PIN. */
  private static boolean isSentPinStored() {
    String stored = from(OUTSIDE.secrets().get(Sample.SECRET_ID)).getString("pin");
    return OUTSIDE.graph().registers().stream()
        .allMatch(call -> stored.equals(from(call.getBodyAsString()).getString("pin")));
  }

  /** Whether a sweep would find something to do. */
  private static boolean isAnythingDue() {
    return OUTSIDE.ledger().items().stream().anyMatch(item -> item.containsKey("due"));
  }

  /** Status and, where the call was held back, reason; an upload is answered with a list. */
  private static String word(Answer answer) {
    Map<String, Object> result = answer.json().getMap(answer.body().startsWith("[") ? "[0]" : "$");
    String replayed = result.containsKey("replayed") ? "again " : "";
    String reason = result.containsKey("reason") ? " " + result.get("reason") : "";
    return replayed + result.getOrDefault("status", "done") + reason;
  }
}
