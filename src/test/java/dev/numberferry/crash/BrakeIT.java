package dev.numberferry.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.numberferry.standin.CallListener;
import dev.numberferry.standin.LambdaStandIn.Answer;
import dev.numberferry.standin.Sample;
import dev.numberferry.standin.TopicStandIn.Message;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Processes that do harm at the same time are stopped by the brake, and whoever dies while it is
 * engaged or released leaves nothing undone: the harm is counted once, and everybody hears.
 */
class BrakeIT {

  private static final String REGISTER = "POST register";
  private static final String ENGAGE = "{\"engage\": \"the list looks wrong\", \"by\": \"Ada\"}";

  /** The default of FERRY_BRAKE_AFTER. */
  private static final int AFTER = 3;

  private static final int PROCESSES = 4;
  private static final int NUMBERS = 40;

  /** Calls are held back for as long as it takes: nothing may run out of patience meanwhile. */
  @RegisterExtension
  private static final Outside PATIENT =
      new Outside(
          Map.of(
              "QUARKUS_REST_CLIENT_WHATSAPP_READ_TIMEOUT", "60000",
              "FERRY_FUNCTION_TIMEOUT", "125s",
              "FERRY_LONGEST_RUN", "130s"));

  @RegisterExtension private static final Outside OUTSIDE = Outside.impatient();

  @Test
  void onlyCallsThatAreUnderWaySlipThrough() {
    PATIENT.resetToAnyNumber();
    PATIENT.graph().refuses(400, 133005);
    try (Ferries ferries = PATIENT.start("migrate", PROCESSES)) {
      all(ferries, 1, AFTER - 1).forEach(it -> assertThat(word(it)).isEqualTo("REJECTED"));
      PATIENT.listener(new AllAtOnce(PROCESSES));

      List<Answer> answers = all(ferries, AFTER, NUMBERS);

      assertThat(answers.stream().map(BrakeIT::word))
          .containsOnly("REJECTED", "WITHHELD BRAKE")
          .filteredOn("REJECTED"::equals)
          .hasSize(PROCESSES);
    }
    assertThat(PATIENT.graph().registers()).hasSize(AFTER - 1 + PROCESSES);
    assertThat(PATIENT.run("sweep", "{}").failed()).isFalse();
    assertThat(PATIENT.published()).containsOnlyOnce("BRAKED");

    PATIENT.graph().reset();
    assertThat(word(PATIENT.run("migrate", event(NUMBERS)))).isEqualTo("WITHHELD BRAKE");
    String brakeId = PATIENT.ledger().brake().orElseThrow().getString("engaged.brakeId");
    assertThat(PATIENT.run("brake", release(brakeId)).body()).contains("RELEASED");
    assertThat(word(PATIENT.run("migrate", event(NUMBERS)))).isEqualTo("MIGRATED");
    assertThat(PATIENT.graph().registers()).hasSize(1);
  }

  /**
   * The run dies whose harm is one too many; its event is delivered again, and there is a sweep.
   */
  @TestFactory
  DynamicNode engagingByHarm() {
    harmBut(1);
    CallLog calls = listen();
    OUTSIDE.run("migrate", event(AFTER));
    assertThat(OUTSIDE.published()).endsWith("REJECTED", "BRAKED");
    return everywhere("engaging by harm", calls.names(), BrakeIT::engagingByHarmDies);
  }

  private static void engagingByHarmDies(CrashPoint point) {
    harmBut(1);
    CallLog calls = listen();
    OUTSIDE.runAndKill("migrate", event(AFTER), calls, point);
    OUTSIDE.run("migrate", event(AFTER));
    OUTSIDE.passes(Duration.ofMinutes(10));
    Answer swept = OUTSIDE.run("sweep", "{}");

    assertThat(swept.failed()).as(swept.body()).isFalse();
    assertThat(calls.count(REGISTER)).isLessThanOrEqualTo(1);
    assertThat(brake().getList("engaged.harms.migrationId")).hasSize(AFTER).doesNotHaveDuplicates();
    assertThat(brake().getList("harms")).hasSize(AFTER);
    assertHeard();
    assertHeldBack(calls.count(REGISTER), calls);
  }

  /** Who dies had engaged it or not; the sweep tells which, and the command may come again. */
  @TestFactory
  DynamicNode engagingByHand() {
    OUTSIDE.resetToAnyNumber();
    CallLog calls = listen();
    assertThat(OUTSIDE.run("brake", ENGAGE).body()).contains("ENGAGED");
    return everywhere("engaging by hand", calls.names(), BrakeIT::engagingByHandDies);
  }

  private static void engagingByHandDies(CrashPoint point) {
    OUTSIDE.resetToAnyNumber();
    CallLog calls = listen();
    OUTSIDE.runAndKill("brake", ENGAGE, calls, point);
    Answer swept = OUTSIDE.run("sweep", "{}");

    assertThat(swept.failed()).as(swept.body()).isFalse();
    if (OUTSIDE.ledger().brake().isPresent()) {
      assertHeard();
    } else {
      assertThat(OUTSIDE.published()).isEmpty();
    }
    assertThat(OUTSIDE.run("brake", ENGAGE).body()).contains("ENGAGED");
    assertHeard();
    assertHeldBack(0, calls);
  }

  /** The same while harm has engaged it: that is as it was, whatever becomes of the command. */
  @TestFactory
  DynamicNode engagingByHandBesideHarm() {
    harmBut(0);
    CallLog calls = listen();
    assertThat(OUTSIDE.run("brake", ENGAGE).body()).contains("alsoEngaged");
    return everywhere("engaging beside harm", calls.names(), BrakeIT::engagingBesideHarmDies);
  }

  private static void engagingBesideHarmDies(CrashPoint point) {
    harmBut(0);
    var harm = engagements().get(0);
    CallLog calls = listen();
    OUTSIDE.runAndKill("brake", ENGAGE, calls, point);
    Answer swept = OUTSIDE.run("sweep", "{}");

    assertThat(swept.failed()).as(swept.body()).isFalse();
    assertHeard();
    assertThat(OUTSIDE.run("brake", ENGAGE).body()).contains("alsoEngaged");
    assertHeard();
    assertThat(engagements()).hasSize(2).startsWith(harm);
    assertHeldBack(0, calls);
  }

  @TestFactory
  DynamicNode releasing() {
    OUTSIDE.resetToAnyNumber();
    OUTSIDE.run("brake", ENGAGE);
    CallLog calls = listen();
    assertThat(OUTSIDE.run("brake", release(brakeIds().get(0))).body()).contains("RELEASED");
    return everywhere("releasing", calls.names(), BrakeIT::releasingDies);
  }

  private static void releasingDies(CrashPoint point) {
    OUTSIDE.resetToAnyNumber();
    OUTSIDE.run("brake", ENGAGE);
    String release = release(brakeIds().get(0));
    CallLog calls = listen();
    OUTSIDE.runAndKill("brake", release, calls, point);
    boolean released = brake().get("engaged") == null;

    String next = word(OUTSIDE.run("migrate", event(1)));
    assertThat(next).isEqualTo(released ? "MIGRATED" : "WITHHELD BRAKE");
    assertThat(OUTSIDE.run("brake", release).body()).contains("RELEASED");
    assertThat(brake().getString("released.by")).isEqualTo("Ada");
    OUTSIDE.graph().reset();
    assertThat(word(OUTSIDE.run("migrate", event(2)))).isEqualTo("MIGRATED");
    assertThat(OUTSIDE.published()).containsOnlyOnce("BRAKED");
  }

  @TestFactory
  DynamicNode releasingOneOfTwo() {
    engageTwice();
    CallLog calls = listen();
    assertThat(OUTSIDE.run("brake", release(brakeIds().get(0))).body()).contains("ENGAGED");
    return everywhere("releasing one of two", calls.names(), BrakeIT::releasingOneOfTwoDies);
  }

  private static void releasingOneOfTwoDies(CrashPoint point) {
    engageTwice();
    List<String> both = brakeIds();
    String release = release(both.get(0));
    CallLog calls = listen();
    OUTSIDE.runAndKill("brake", release, calls, point);

    assertThat(both).containsAll(brakeIds());
    assertHeldBack(0, calls);
    assertThat(OUTSIDE.run("brake", release).body()).contains("ENGAGED");
    assertThat(brakeIds()).containsExactly(both.get(1));
    assertHeldBack(0, calls);
    assertThat(OUTSIDE.run("brake", release(both.get(1))).body()).contains("RELEASED");
    OUTSIDE.graph().reset();
    assertThat(word(OUTSIDE.run("migrate", event(NUMBERS)))).isEqualTo("MIGRATED");
  }

  private static DynamicNode everywhere(
      String what, List<String> calls, Consumer<CrashPoint> crash) {
    return dynamicContainer(
        what,
        CrashPoint.upTo(calls.size())
            .map(
                point ->
                    dynamicTest(
                        point + ", " + calls.get(point.number() - 1), () -> crash.accept(point))));
  }

  /** So many harms are left until the brake engages. */
  private static void harmBut(int left) {
    OUTSIDE.resetToAnyNumber();
    OUTSIDE.graph().refuses(400, 133005);
    try (Ferries ferry = OUTSIDE.start("migrate", 1)) {
      all(ferry, 1, AFTER - left).forEach(it -> assertThat(word(it)).isEqualTo("REJECTED"));
    }
  }

  /** Harm has engaged it, and a person as well. */
  private static void engageTwice() {
    harmBut(0);
    OUTSIDE.run("brake", ENGAGE);
    assertThat(brakeIds()).hasSize(2);
  }

  private static String release(String brakeId) {
    return "{\"release\": \"the list is right now\", \"by\": \"Ada\", \"brakeId\": \"%s\"}"
        .formatted(brakeId);
  }

  /** Each engagement that there is was published, and no other. */
  private static void assertHeard() {
    List<String> heard =
        OUTSIDE.topic().taken().stream()
            .map(Message::body)
            .filter(it -> it.getString("status").equals("BRAKED"))
            .map(it -> it.getString("brakeId"))
            .toList();
    assertThat(heard).isNotEmpty().hasSameElementsAs(brakeIds());
    assertThat(engagements()).allMatch(it -> (boolean) it.get("published"));
  }

  /** One more number gets no call. */
  private static void assertHeldBack(int registers, CallLog calls) {
    assertThat(word(OUTSIDE.run("migrate", event(NUMBERS)))).isEqualTo("WITHHELD BRAKE");
    assertThat(calls.count(REGISTER)).isEqualTo(registers);
  }

  /** The brake as the ledger has it. */
  private static JsonPath brake() {
    return OUTSIDE.ledger().brake().orElseThrow();
  }

  /** What engages it, as the ledger has it. */
  private static List<Map<String, Object>> engagements() {
    List<Map<String, Object>> engagements = new ArrayList<>();
    engagements.add(brake().getMap("engaged"));
    List<Map<String, Object>> others = brake().getList("alsoEngaged");
    engagements.addAll(others == null ? List.of() : others);
    return engagements;
  }

  private static List<String> brakeIds() {
    return engagements().stream().map(it -> it.get("brakeId").toString()).toList();
  }

  private static CallLog listen() {
    CallLog calls = new CallLog();
    OUTSIDE.listener(calls);
    return calls;
  }

  /** Delivers an event for each of these numbers, and answers when all are done. */
  private static List<Answer> all(Ferries ferries, int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(i -> ferries.deliver(event(i)))
        .toList()
        .stream()
        .map(it -> it.orTimeout(1, TimeUnit.MINUTES).join())
        .toList();
  }

  private static String event(int i) {
    return Sample.event("direct.json").replace(Sample.NUMBER, "" + (106540352242900L + i));
  }

  /** Status and, where the call was held back, reason. */
  private static String word(Answer answer) {
    String reason = answer.json().getString("reason");
    return answer.json().getString("status") + (reason == null ? "" : " " + reason);
  }

  /** Lets the first calls of register go on when all of them are under way. */
  private static final class AllAtOnce implements CallListener {

    private final CountDownLatch underWay;

    AllAtOnce(int calls) {
      underWay = new CountDownLatch(calls);
    }

    @Override
    public boolean arrived(Call call) {
      if (call.name().equals(REGISTER)) {
        underWay.countDown();
        try {
          assertThat(underWay.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return true;
    }

    @Override
    public void tookEffect(Call call) {}
  }
}
