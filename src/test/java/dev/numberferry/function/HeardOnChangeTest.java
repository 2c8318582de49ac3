package dev.numberferry.function;

import static dev.numberferry.standin.GraphStandIn.error;
import static dev.numberferry.standin.GraphStandIn.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.event.Payload;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Of a message that comes again the topic hears what has changed, and all of that. */
@QuarkusTest
class HeardOnChangeTest extends FunctionTestBase {

  @Inject BrakeFunction brake;
  @Inject BackupUploadedFunction uploads;

  @Test
  void aMessageWhoseFirstReceiveNeverRanIsHeardAtItsSecond() {
    outside.objects().fails(503, "SlowDown");

    comesAgain("m", 2);
    comesAgain("m", 3);

    assertThat(takenStatuses()).containsExactly("NOT_SENT");
    assertNothingSent();
  }

  @Test
  void whatChangesWhileAMessageWaitsIsHeard() {
    brake("engage", "");
    comesAgain("m", 1);
    comesAgain("m", 2);
    brake("release", brakeId());
    outside.objects().fails(503, "SlowDown");
    comesAgain("m", 3);
    comesAgain("m", 4);
    outside.aws().recovers();
    outside.graph().looksAnswer(error(400, "{\"error\": {\"message\": \"m\", \"code\": 4}}"));
    comesAgain("m", 5);
    comesAgain("m", 6);
    outside.graph().looksAnswer(error(400, "{\"error\": {\"message\": \"m\", \"code\": 80008}}"));
    comesAgain("m", 7);
    outside.graph().reset();
    done("m", 8);

    assertThat(takenStatuses())
        .containsExactly("BRAKED", "WITHHELD", "NOT_SENT", "NOT_SENT", "NOT_SENT", "MIGRATED");
    assertThat(published(3).getInt("error.code")).isEqualTo(4);
    assertThat(published(4).getInt("error.code")).isEqualTo(80008);
    assertRegisteredOnce();
  }

  @Test
  void anotherReasonIsAChange() {
    brake("engage", "");
    comesAgain("m", 1);
    brake("release", brakeId());
    leaveAClaimBehind(FunctionTestBase::invokeSample);
    outside.secrets().put(Sample.SECRET_ID, Sample.secret());

    comesAgain("m", 2);
    comesAgain("m", 3);

    assertThat(takenStatuses()).containsExactly("BRAKED", "WITHHELD", "MIGRATED", "WITHHELD");
    assertThat(lastPublished().getString("reason")).isEqualTo("IN_PROGRESS");
    assertRegisteredOnce();
  }

  @Test
  void whatWasHeardOfAnotherMessageIsNotHeardOfThisOne() {
    outside.objects().fails(503, "SlowDown");

    comesAgain("one", 1);
    comesAgain("other", 2);
    comesAgain("other", 3);
    comesAgain("one", 2);

    assertThat(takenStatuses()).containsExactly("NOT_SENT", "NOT_SENT", "NOT_SENT");
  }

  @Test
  void whatIsAskedDirectlyMeanwhileIsNoChange() {
    outside.objects().fails(503, "SlowDown");
    comesAgain("m", 1);
    invoke(sampleWith("dryRun", true));
    comesAgain("m", 2);

    assertThat(takenStatuses()).containsExactly("NOT_SENT", "NOT_SENT");
  }

  /** Whoever comes back after it has news, and what ends a message may differ in what it shows. */
  @Test
  void whatEndsAMessageIsHeardHoweverOftenItIsDelivered() {
    outside.graph().tells(state("ON_PREMISE", "BANNED"));
    done("m", 1);
    done("m", 2);
    outside.objects().fails(503, "SlowDown");
    comesAgain("m", 3);
    outside.aws().recovers();
    done("m", 4);
    outside.objects().fails(503, "SlowDown");
    comesAgain("m", 5);

    assertThat(takenStatuses())
        .containsExactly("WITHHELD", "WITHHELD", "NOT_SENT", "WITHHELD", "NOT_SENT");
    assertNothingSent();
  }

  @Test
  void oneUploadOfAMessageIsNotHeardForAnotherOne() {
    outside.objects().fails(503, "SlowDown");
    ObjectNode notification = sample("s3-put.json");
    ObjectNode other = notification.at("/Records/0").deepCopy();
    ((ObjectNode) other.at("/s3/object")).put("key", Sample.NUMBER + "/other.json");
    notification.withArray("Records").add(other);
    SqsBatchResponse answer =
        (SqsBatchResponse)
            uploads.backupUploaded(Payload.of(message("m", 1, notification.toString())));

    assertThat(answer.batchItemFailures()).hasSize(1);
    assertThat(takenStatuses()).containsExactly("NOT_SENT", "NOT_SENT");
    assertNothingSent();
  }

  @Test
  void whatTheTopicDidNotTakeIsHeardLater() {
    outside.objects().fails(503, "SlowDown");
    outside.topic().fails();
    comesAgain("m", 1);
    outside.aws().recovers();
    outside.objects().fails(503, "SlowDown");

    comesAgain("m", 2);
    comesAgain("m", 3);

    assertThat(takenStatuses()).containsExactly("NOT_SENT");
  }

  @Test
  void whereTheLedgerDoesNotTellWhatWasHeardItIsHeardAgain() {
    outside.objects().fails(503, "SlowDown");
    comesAgain("m", 1);
    outside.ledger().fails("BatchGetItem", "");
    comesAgain("m", 2);
    comesAgain("m", 3);

    assertThat(takenStatuses()).containsExactly("NOT_SENT", "NOT_SENT", "NOT_SENT");
  }

  @Test
  void whereTheLedgerDoesNotKeepWhatWasHeardItIsHeardAgain() {
    outside.objects().fails(503, "SlowDown");
    outside.ledger().fails("PutItem", "");

    comesAgain("m", 1);
    comesAgain("m", 2);

    assertThat(takenStatuses()).containsExactly("NOT_SENT", "NOT_SENT");
  }

  /** Its claim is let go each time, and each is an attempt of its own. */
  @Test
  void anAttemptThatSaysWhatItsMessageHasSaidIsSilentAndSaysSo() {
    noPinCanBeStored();

    comesAgain("m", 1);
    comesAgain("m", 2);

    assertThat(takenStatuses()).containsExactly("NOT_SENT");
    assertThat(entry().getList("attempts.published")).containsExactly(true, true);
    assertThat(entry().getList("attempts.silent")).isEqualTo(Arrays.asList(null, "REPEATED"));
    assertThat(outside.ledger().items().get(0)).doesNotContainKey("due");
    assertNothingSent();
  }

  @Test
  void everyCallIsHeardWhateverItsMessageHasSaid() {
    outside.graph().refuses(400, 133006);
    done("m", 1);
    outside.secrets().put(Sample.SECRET_ID, Sample.secret());
    done("m", 2);

    assertThat(takenStatuses()).containsExactly("REJECTED", "REJECTED");
    assertThat(outside.graph().registers()).hasSize(2);
  }

  private void noPinCanBeStored() {
    outside.graph().tells(state("ON_PREMISE", "CONNECTED").put("is_pin_enabled", false));
    outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.PIN, "generate"));
    outside.secrets().fails("PutSecretValue", 500, "InternalServiceError");
  }

  private static void comesAgain(String id, int receives) {
    receive(id, receives, 1);
  }

  private static void done(String id, int receives) {
    receive(id, receives, 0);
  }

  private static void receive(String id, int receives, int failures) {
    invoke(message(id, receives, Sample.event("direct.json")))
        .statusCode(200)
        .body("batchItemFailures", hasSize(failures));
  }

  private void brake(String what, String brakeId) {
    var command = JSON.createObjectNode().put(what, "why").put("by", "Ada");
    brake.brake(
        Payload.of((brakeId.isEmpty() ? command : command.put("brakeId", brakeId)).toString()));
  }

  private String brakeId() {
    return outside.ledger().brake().orElseThrow().getString("engaged.brakeId");
  }
}
