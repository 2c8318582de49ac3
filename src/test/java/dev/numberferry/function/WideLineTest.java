package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.numberferry.standin.GraphStandIn.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.metrics.CheckedLines;
import dev.numberferry.metrics.EmbeddedMetrics;
import dev.numberferry.migration.Sweep.SweepFailedException;
import dev.numberferry.standin.CallListener;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one line in which all of a run stands, and which CloudWatch counts. */
@QuarkusTest
class WideLineTest extends FunctionTestBase {

  @Inject SweepFunction sweep;

  @BeforeEach
  void forgetWhatWasWritten() {
    CheckedLines.news();
  }

  @Test
  void aMoveIsTold() {
    String id = invokeSample().extract().path("migrationId");

    EmbeddedMetrics line = only();
    assertThat(line.get("migrationId")).isEqualTo(id);
    assertThat(line.get("phoneNumberId")).isEqualTo(Sample.NUMBER);
    assertThat(line.get("trigger")).isEqualTo("direct");
    assertThat(line.get("status")).isEqualTo("MIGRATED");
    assertThat(line.get("urgency")).isEqualTo("none");
    assertThat(line.get("callsIn72h")).isEqualTo("1");
    assertThat(line.get("published")).isEqualTo("true");
    assertThat(line.get("recorded")).isEqualTo("true");
    assertThat(line.get("requestId")).isNotEmpty();
    assertThat(line.values())
        .containsEntry("Runs", 1L)
        .containsEntry("LineDown", 0L)
        .containsKey("RegisterTime")
        .doesNotContainKey("ReconcileTime");
  }

  @Test
  void aLineThatIsDownIsCountedOnceHoweverOftenItIsAsked() {
    outside.graph().refuses(400, 133005);
    invokeSample();

    EmbeddedMetrics line = only();
    assertThat(line.get("urgency")).isEqualTo("now");
    assertThat(line.get("harm")).isEqualTo("LINE_DOWN");
    assertThat(line.get("code")).isEqualTo("133005");
    assertThat(line.values()).containsEntry("LineDown", 1L);

    invokeSample();

    EmbeddedMetrics replay = only();
    assertThat(replay.get("replayed")).isEqualTo("true");
    assertThat(replay.get("migrationId")).isNotEqualTo(line.get("migrationId"));
    assertThat(replay.values()).containsEntry("LineDown", 0L).containsEntry("Runs", 1L);
    assertRegisteredOnce();
  }

  @Test
  void anUnknownEndThatASweepClearsUpIsARunMore() {
    outside.graph().answers(aResponse().withStatus(502));
    String id = invokeSample().extract().path("migrationId");

    EmbeddedMetrics unknown = only();
    assertThat(unknown.get("status")).isEqualTo("UNKNOWN");
    assertThat(unknown.values())
        .containsEntry("Unclear", 1L)
        .containsKeys("RegisterTime", "ReconcileTime");
    age(Duration.ofHours(1));
    outside.graph().tells(state("CLOUD_API", "CONNECTED"));

    sweep.sweep(null);

    List<EmbeddedMetrics> lines = CheckedLines.news();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).get("trigger")).isEqualTo("sweep");
    assertThat(lines.get(0).get("status")).isEqualTo("MIGRATED");
    assertThat(lines.get(0).get("migrationId")).isEqualTo(id);
    assertThat(lines.get(0).get("published")).isEqualTo("true");
    assertThat(lines.get(0).values()).containsEntry("Unclear", 0L).containsEntry("Runs", 1L);
    assertThat(lines.get(1).values())
        .containsEntry("Due", 1L)
        .containsEntry("OldestClaim", 0L)
        .containsEntry("BrakeEngaged", 0L);
  }

  @Test
  void aSweepTellsHowOldTheOldestClaimIs() {
    leaveAClaimBehind(FunctionTestBase::invokeSample);
    age(Duration.ofHours(1));
    CheckedLines.news();

    sweep.sweep(null);

    List<EmbeddedMetrics> lines = CheckedLines.news();
    assertThat(lines.get(lines.size() - 1).values().get("OldestClaim")).isBetween(3600L, 3700L);
  }

  @Test
  void aResultThatNobodyHasHeardIsCountedAndAgainWhereItIsHeard() {
    outside.topic().fails();
    invokeSample();

    EmbeddedMetrics line = only();
    assertThat(line.get("published")).isEqualTo("false");
    assertThat(line.get("urgency")).isEqualTo("now");
    assertThat(line.values()).containsEntry("NotPublished", 1L);
    age(Duration.ofHours(1));

    assertThatThrownBy(() -> sweep.sweep(null)).isInstanceOf(SweepFailedException.class);

    assertThat(only().get("failed")).isEqualTo("1");
    outside.aws().recovers();

    sweep.sweep(null);

    List<EmbeddedMetrics> lines = CheckedLines.news();
    assertThat(lines.get(0).get("published")).isEqualTo("true");
    assertThat(lines.get(0).get("urgency")).isEqualTo("none");
    assertThat(lines.get(0).values()).containsEntry("NotPublished", 0L);
  }

  /** It is the same line that is down, however often a sweep fails to say so. */
  @Test
  void harmThatCannotBeSaidIsCountedWhenItIsDoneAndWhenItIsSaid() {
    outside.graph().refuses(400, 133005);
    outside.topic().fails();
    invokeSample();
    age(Duration.ofHours(1));

    assertThat(only().values()).containsEntry("LineDown", 1L);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> sweep.sweep(null)).isInstanceOf(SweepFailedException.class);
      assertThat(only().values()).doesNotContainKey("LineDown").containsEntry("Due", 1L);
    }
    outside.aws().recovers();

    sweep.sweep(null);

    assertThat(CheckedLines.news().get(0).values()).containsEntry("LineDown", 1L);
    assertRegisteredOnce();
  }

  /** Its result is known, and only the topic does not hear it. */
  @Test
  void aReplayOfWhatNobodyHasHeardTellsWhatItIs() {
    outside.topic().fails();
    invokeSample();
    CheckedLines.news();

    failed(invokeSample(), "NotPublished");

    EmbeddedMetrics line = only();
    assertThat(line.get("status")).isEqualTo("MIGRATED");
    assertThat(line.get("replayed")).isEqualTo("true");
    assertThat(line.get("phoneNumberId")).isEqualTo(Sample.NUMBER);
    assertThat(line.get("published")).isEqualTo("false");
    assertRegisteredOnce();
  }

  @Test
  void aResultThatIsRecordedAtTheSecondTryIsNotLost() {
    outside.ledger().fails("PutItem", "MIGRATED");
    outside.aws().listener(recoveringAfter("SNS.Publish"));
    invokeSample();
    outside.aws().listener(CallListener.NONE);

    EmbeddedMetrics line = only();
    assertThat(line.get("status")).isEqualTo("MIGRATED");
    assertThat(line.get("recorded")).isEqualTo("true");
    assertThat(line.get("urgency")).isEqualTo("none");
  }

  /** Zero would say that no claim is old. */
  @Test
  void aSweepThatCanReadNoNumberDoesNotSayHowOldItsClaimsAre() {
    leaveAClaimBehind(FunctionTestBase::invokeSample);
    age(Duration.ofHours(1));
    CheckedLines.news();
    outside.ledger().fails("BatchGetItem", Sample.NUMBER);

    assertThatThrownBy(() -> sweep.sweep(null)).isInstanceOf(RuntimeException.class);

    assertThat(only().values()).doesNotContainKey("OldestClaim");
  }

  @Test
  void aResultThatIsNotRecordedIsCounted() {
    outside.ledger().fails("PutItem", "MIGRATED");
    invokeSample();

    EmbeddedMetrics line = only();
    assertThat(line.get("status")).isEqualTo("MIGRATED");
    assertThat(line.get("published")).isEqualTo("true");
    assertThat(line.get("recorded")).isEqualTo("false");
    assertThat(line.values()).containsEntry("NotRecorded", 1L);
  }

  @Test
  void aLedgerThatCannotBeReadKeepsNoRunFromItsLine() {
    outside.ledger().fails("TransactGetItems", "");
    outside.ledger().fails("BatchGetItem", "");
    outside.ledger().fails("GetItem", "");
    invokeSample();

    EmbeddedMetrics line = only();
    assertThat(line.get("status")).isEqualTo("NOT_SENT");
    assertThat(line.get("callsIn72h")).isNull();
    assertNothingSent();
  }

  @Test
  void whatIsHeldBackIsCountedByItsReason() {
    outside.graph().refuses(400, 133016);
    invokeSample();
    invoke(sampleRetrying("again"));

    EmbeddedMetrics line = CheckedLines.news().get(1);
    assertThat(line.get("reason")).isEqualTo("BLOCKED");
    assertThat(line.get("urgency")).isEqualTo("soon");
    assertThat(line.values()).containsEntry("Withheld", 1L);
    assertRegisteredOnce();
  }

  @Test
  void anEventThatNamesNoNumberIsTold() {
    invoke("{}");

    EmbeddedMetrics line = only();
    assertThat(line.get("status")).isEqualTo("INVALID");
    assertThat(line.get("phoneNumberId")).isNull();
    assertThat(line.get("urgency")).isEqualTo("soon");
  }

  @Test
  void aRehearsalWakesNobody() {
    outside.graph().tells(state("ON_PREMISE", "BANNED"));
    invoke(sampleWith("dryRun", true));

    EmbeddedMetrics line = only();
    assertThat(line.get("status")).isEqualTo("NOT_READY");
    assertThat(line.get("urgency")).isEqualTo("none");
    assertThat(line.get("registerMs")).isNull();
  }

  @Test
  void eachMessageOfAQueueHasItsLine() {
    invoke(message("m-1", 1, sample().toString()));

    assertThat(only().get("trigger")).isEqualTo("queue");
  }

  @Test
  void aMessageThatIsDoneWaitsNoLonger() {
    invoke(sentAgo(Duration.ofHours(5)));

    assertThat(only().values()).doesNotContainKey("OldestWait");
  }

  /** After a stop of hours every message is old, and has not failed yet. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void soFarAMessageOnlyWaitedToBeRead(int receives) {
    outside.secrets().fails("GetSecretValue", 500, "InternalServiceError");

    invoke(sent(sample().toString(), receives, Duration.ofHours(5)));

    EmbeddedMetrics line = only();
    assertThat(line.get("status")).isEqualTo("NOT_SENT");
    assertThat(line.values()).doesNotContainKey("OldestWait");
  }

  /** SQS itself does not tell its age from the third receive on. */
  @Test
  void aMessageThatWasNotSentTellsHowOldItIs() {
    outside.secrets().fails("GetSecretValue", 500, "InternalServiceError");

    invoke(sentAgo(Duration.ofHours(5)));

    EmbeddedMetrics line = only();
    assertThat(line.get("status")).isEqualTo("NOT_SENT");
    assertThat(line.values().get("OldestWait")).isBetween(18_000L, 18_100L);
    assertNothingSent();
  }

  @Test
  void soDoesOneWhoseResultNobodyHasHeard() {
    outside.topic().fails();

    invoke(sentAgo(Duration.ofHours(5)));

    assertThat(only().values().get("OldestWait")).isBetween(18_000L, 18_100L);
    assertRegisteredOnce();
  }

  /** Its run cannot end before the result of an earlier one is published. */
  @Test
  void soDoesOneThatHasToPublishWhatAnotherHasLeft() {
    outside.topic().fails();
    invokeSample();
    CheckedLines.news();

    invoke(sentAgo(Duration.ofHours(5)));

    EmbeddedMetrics line = only();
    assertThat(line.get("replayed")).isEqualTo("true");
    assertThat(line.values().get("OldestWait")).isBetween(18_000L, 18_100L);
    assertRegisteredOnce();
  }

  @Test
  void soDoesOneThatCannotBeUsedWhereNobodyHasHeardThat() {
    outside.topic().fails();

    invoke(sent("{}", 3, Duration.ofHours(5)));

    assertThat(only().values().get("OldestWait")).isBetween(18_000L, 18_100L);
  }

  @Test
  void whatCameThroughNoQueueWaitsInNone() {
    outside.secrets().fails("GetSecretValue", 500, "InternalServiceError");

    invokeSample();

    assertThat(only().values()).doesNotContainKey("OldestWait");
  }

  private static String sentAgo(Duration age) {
    return sent(sample().toString(), 3, age);
  }

  private static String sent(String body, int receives, Duration age) {
    ObjectNode batch = (ObjectNode) parse(message("m-1", receives, body));
    ((ObjectNode) batch.at("/Records/0/attributes"))
        .put("SentTimestamp", "" + Instant.now().minus(age).toEpochMilli());
    return batch.toString();
  }

  /** AWS works again as soon as this call was answered. */
  private CallListener recoveringAfter(String name) {
    return new CallListener() {
      @Override
      public boolean arrived(Call call) {
        return true;
      }

      @Override
      public void tookEffect(Call call) {
        if (call.name().equals(name)) {
          outside.aws().recovers();
        }
      }
    };
  }

  private static EmbeddedMetrics only() {
    List<EmbeddedMetrics> lines = CheckedLines.news();
    assertThat(lines).hasSize(1);
    return lines.get(0);
  }
}
