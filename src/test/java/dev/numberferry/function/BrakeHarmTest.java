package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.numberferry.standin.GraphStandIn.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.numberferry.event.Payload;
import dev.numberferry.standin.CallListener;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which harms the brake counts, and that it counts each of them once. */
@QuarkusTest
class BrakeHarmTest extends BrakeTestBase {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void severalHarmsOfOneNumberCountOnce() {
    for (int i = 1; i <= 3; i++) {
      String otherPin = Sample.secret().replace(Sample.PIN, "73519" + i);
      outside.secrets().put("whatsapp/" + number(1), otherPin);
      wrongPins(1, 1);
    }
    wrongPins(2, 2);
    assertThat(brakeItem().getMap("$")).doesNotContainKey("engaged");

    wrongPins(3, 3);

    assertThat(outside.graph().registers()).hasSize(5);
    move(4).spec(braked()).body("error.message", containsString("3 numbers"));
    assertThat(outside.graph().registers()).hasSize(5);
  }

  @Test
  void unknownEffectsEngageItToo() {
    outside.graph().answers(aResponse().withStatus(502));
    for (int i = 1; i <= 3; i++) {
      move(i).body("harm", equalTo("UNCLEAR"));
    }

    move(4).spec(braked());
  }

  @Test
  void anUnknownEffectThatTurnsOutWellNoLongerCounts() {
    at(Instant.now().minus(Duration.ofHours(2)));
    outside.graph().answers(aResponse().withStatus(502));
    move(1);
    move(2);
    assertThat(counted()).hasSize(2);
    outside.graph().tells(state("CLOUD_API", "CONNECTED"));
    at(Instant.now().minus(Duration.ofHours(1)));

    sweep.sweep(null);

    assertThat(counted()).isEmpty();
    assertThat(lastPublished().getString("status")).isEqualTo("MIGRATED");
    assertThat(lastPublished().getMap("$")).doesNotContainKey("harm");
  }

  @Test
  void aLateAnswerOfTheRunItselfTakesBackWhatTheSweepCounted() {
    at(Instant.now().minus(Duration.ofHours(2)));
    outside.graph().movesAfter(this::sweepWhenTheClaimIsStale);

    move(1);

    assertThat(publishedStatuses()).containsExactly("UNKNOWN", "MIGRATED");
    assertThat(counted()).isEmpty();
  }

  @Test
  void whatTheRunRecordsWhileTheSweepCountsTakesThatBackAsWell() {
    at(Instant.now().minus(Duration.ofHours(2)));
    leaveAClaimBehind(() -> move(1));
    outside.graph().tells(state("ON_PREMISE", "CONNECTED"));
    at(Instant.now().minus(Duration.ofHours(1)));
    outside.aws().listener(new RecordsAfterTheSweep());

    sweep.sweep(null);

    outside.aws().listener(CallListener.NONE);
    assertThat(publishedStatuses()).containsExactly("MIGRATED", "UNKNOWN");
    assertThat(counted()).isEmpty();
  }

  @Test
  void onlyHarmsWithinTheWindowCount() {
    at(NOON);
    wrongPins(1, 2);
    at(NOON.plus(Duration.ofMinutes(61)));
    wrongPins(3, 4);
    assertThat(brakeItem().getMap("$")).doesNotContainKey("engaged");

    wrongPins(5, 5);

    move(6).spec(braked());
    assertThat(outside.graph().registers()).hasSize(5);
  }

  @Test
  void aHarmThatIsDeliveredTwiceCountsOnce() {
    outside.graph().refuses(400, 133005);
    outside.topic().fails();
    move(1);
    assertThat(counted()).hasSize(1);
    outside.aws().recovers();

    move(1);

    assertThat(lastPublished().getString("status")).isEqualTo("REJECTED");
    assertThat(counted()).hasSize(1);
  }

  @Test
  void aHarmThatCouldNotBeCountedIsPublishedAndCountedByTheNextDelivery() {
    outside.graph().refuses(400, 133005);
    outside.ledger().fails("PutItem", "#brake");
    move(1).statusCode(200);
    assertThat(publishedStatuses()).containsExactly("REJECTED");
    assertThat(newest(1).getBoolean("published")).isFalse();
    outside.aws().recovers();

    move(1);

    assertThat(counted()).hasSize(1);
    assertThat(newest(1).getBoolean("published")).isTrue();
    assertRegisteredOnce();
  }

  @Test
  void aHarmThatCouldNotBeRecordedIsCountedAllTheSame() {
    outside.graph().refuses(400, 133005);
    outside.ledger().fails("PutItem", "REJECTED");

    move(1).statusCode(500);

    assertThat(publishedStatuses()).containsExactly("REJECTED");
    assertThat(counted()).hasSize(1);
  }

  /** The call is recorded and published by then: nobody may take it for one that is not. */
  @Test
  void whateverFailsWhenTheAlarmIsRaisedTheResultIsPublishedOnce() {
    wrongPins(1, 2);
    Logger logger = Logger.getLogger("dev.numberferry.migration.BrakeAlarm");
    Handler failing = new FailsAtTheAlarm();
    logger.addHandler(failing);
    try {
      move(3).statusCode(200).body("status", equalTo("REJECTED"));
    } finally {
      logger.removeHandler(failing);
    }

    assertThat(publishedStatuses()).containsExactly("REJECTED", "REJECTED", "REJECTED");
    assertThat(newest(3).getBoolean("published")).isTrue();
    assertThat(outside.graph().registers()).hasSize(3);
    assertThat(brake.brake(Payload.of("{}")).engaged().published()).isTrue();
    assertThat(publishedStatuses()).endsWith("BRAKED");
  }

  /** There is no memory for its line. */
  private static final class FailsAtTheAlarm extends Handler {

    @Override
    public void publish(LogRecord line) {
      if (line.getMessage().startsWith("The brake is engaged")) {
        throw new OutOfMemoryError();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private void sweepWhenTheClaimIsStale() {
    at(Instant.now().minus(Duration.ofHours(1)));
    sweep.sweep(null);
  }

  /** The run itself records its result when the sweep has just recorded another. */
  private final class RecordsAfterTheSweep implements CallListener {

    @Override
    public boolean arrived(Call call) {
      return true;
    }

    @Override
    public void tookEffect(Call call) {
      if (call.name().equals("DynamoDB.PutItem (result)")) {
        Map<String, AttributeValue> item = new HashMap<>(outside.ledger().items().get(0));
        String entry = item.get("entry").s();
        if (entry.contains("\"status\":\"UNKNOWN\"")) {
          item.put("entry", AttributeValue.fromS(entry.replace("UNKNOWN", "MIGRATED")));
          item.put("revision", AttributeValue.fromN("9"));
          outside.ledger().put(item);
        }
      }
    }
  }
}
