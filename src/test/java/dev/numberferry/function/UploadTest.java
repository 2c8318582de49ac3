package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static dev.numberferry.standin.GraphStandIn.state;
import static io.restassured.path.json.JsonPath.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.event.EnvelopeTest;
import dev.numberferry.event.Payload;
import dev.numberferry.function.SqsBatchResponse.BatchItemFailure;
import dev.numberferry.standin.CallListener;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A backup that was dropped into the bucket. */
@QuarkusTest
class UploadTest extends UploadTestBase {

  @Inject MigrateFunction migrate;

  @ParameterizedTest
  @ValueSource(strings = {"direct.json", "api-post.json", "sqs-migrations.json", "schedule.json"})
  void anotherKindOfEventStartsNothing(String file) {
    upload(event(file));

    assertNothingSent();
  }

  @Test
  void aMigrationEventIsNamedAsWhatItIsNot() {
    upload(event("direct.json"));

    assertThat(published().getString("error.message"))
        .isEqualTo(
            "the event is JSON of another form, and backup-uploaded takes S3 notifications and"
                + " EventBridge events of S3");
  }

  @Test
  void theTestEventIsPassedOver() {
    upload(event("s3-test.json"));

    assertThat(outside.topic().messages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ObjectRemoved:Delete, 106540352242922/backup.json",
    "ObjectRemoved:DeleteMarkerCreated, 106540352242922/backup.json",
    "ObjectCreated:Put, 106540352242922/"
  })
  void whatIsNoUploadIsPassedOver(String eventName, String key) {
    ObjectNode record = record();
    record.put("eventName", eventName);

    upload(notification(record, key));

    assertThat(outside.topic().messages()).isEmpty();
    assertNothingSent();
  }

  @ParameterizedTest
  @MethodSource("dev.numberferry.event.EnvelopeTest#envelopes")
  void aWrappedNotificationIsAnUploadAndAWrappedTestEventIsPassedOver(
      UnaryOperator<String> envelope) {
    upload(parse(envelope.apply(Sample.event("s3-test.json"))));
    assertThat(outside.topic().messages()).isEmpty();

    upload(parse(envelope.apply(Sample.event("s3-put.json"))));
    assertThat(publishedStatuses()).containsExactly("MIGRATED");
    assertRegisteredOnce();
  }

  @Test
  void aResultThatComesBackIsNotPublished() {
    upload(event("direct.json"));
    String result = publishedText();
    outside.reset();

    upload(parse(result));
    upload(parse(EnvelopeTest.snsEvent(result)));

    assertThat(outside.topic().messages()).isEmpty();
  }

  @Test
  void aFieldThatStandsTwiceInANotificationIsInvalid() {
    String twice = Sample.event("s3-put.json").replace("\"size\": 2048", "\"key\": \"other\"");

    function.backupUploaded(Payload.of(twice));

    assertThat(published().getString("error.message")).isEqualTo("key in the event stands twice");
    assertNothingSent();
  }

  @Test
  void aRecordThatFailsKeepsNoneOfTheOthersWaiting() {
    String second = "106540352242923";
    outside.secrets().put("whatsapp/" + second, Sample.secret());
    outside.secrets().fails("GetSecretValue", Sample.SECRET_ID, 500, "InternalServiceError");
    outside.objects().put(Sample.BUCKET, second + "/backup.json", Sample.backupFile());
    outside.graph().answers(okJson("{\"success\": true}"));
    ObjectNode event = (ObjectNode) event("s3-put.json");
    ObjectNode other = record();
    ((ObjectNode) other.at("/s3/object")).put("key", second + "/backup.json");
    event.withArray("Records").add(other);

    assertThatThrownBy(() -> upload(event))
        .isInstanceOf(FailedInvocation.class)
        .hasMessageContaining("NOT_SENT");

    assertThat(publishedStatuses()).hasSize(2).startsWith("NOT_SENT");
    assertThat(outside.graph().registers()).hasSize(1);
  }

  @Test
  void ofABatchOnlyWhatWasNotSentComesBack() {
    outside.objects().fails(503, "SlowDown");

    SqsBatchResponse batch = (SqsBatchResponse) upload(event("sqs-uploads.json"));

    assertThat(batch.batchItemFailures())
        .isEqualTo(List.of(new BatchItemFailure("059f36b4-87a3-44ab-83d2-661975400000")));
    assertThat(outside.queue().hidden())
        .singleElement()
        .satisfies(it -> assertThat(it.getString("QueueUrl")).endsWith("/number-ferry-uploads"));
    assertThat(published().getString("status")).isEqualTo("NOT_SENT");
  }

  @ParameterizedTest
  @CsvSource({
    "s3-put.json, AWS:AIDAEXAMPLE",
    "sqs-uploads.json, AWS:AIDAEXAMPLE",
    "eventbridge.json, 123456789012"
  })
  void whoUploadedIsKeptInTheLedgerOnly(String file, String who) {
    upload(event(file));

    assertThat(outside.ledger().items().toString()).contains("\"requestedBy\":\"" + who + "\"");
    assertThat(publishedText()).doesNotContain(who);
  }

  @Test
  void anUploadMakesSixCallsInSeriesBesidesRegister() {
    onlySharedToken(Sample.TOKEN);
    String version = put();
    List<String> calls = new CopyOnWriteArrayList<>();
    outside.aws().listener(new Together(6, calls));

    upload(versioned(version));

    outside.aws().listener(CallListener.NONE);
    assertThat(published().getString("status")).isEqualTo("MIGRATED");
    assertRegisteredOnce();
    assertThat(calls.subList(0, 6))
        .containsExactlyInAnyOrder(
            "SecretsManager.GetSecretValue",
            "SecretsManager.GetSecretValue",
            "S3.GetObject",
            "S3.HeadObject",
            "S3.HeadObject",
            "DynamoDB.BatchGetItem");
    // Beside these, of WhatsApp: where the number is, before the claim.
    assertThat(calls.subList(6, calls.size()))
        .containsExactly(
            "DynamoDB.PutItem (claim)",
            "DynamoDB.PutItem (result)",
            "SNS.Publish",
            "DynamoDB.PutItem (published)");
  }

  @Test
  void whatARetryCouldLiftShowsTheEventForIt() {
    outside.graph().refuses(400, 133006);
    upload(event("s3-put.json"));

    JsonPath result = published();
    String nextStep = result.getString("nextStep");
    String shown = nextStep.substring(nextStep.indexOf('{'), nextStep.lastIndexOf('}') + 1);
    assertThat(from(shown).getMap("backup")).isEqualTo(result.getMap("backup"));
    assertThat(from(shown).getString("retry.after")).isEqualTo(result.getString("retry.after"));

    outside.graph().reset();
    ObjectNode event = (ObjectNode) parse(shown);
    ((ObjectNode) event.path("retry")).put("reason", "the number is verified");
    migrate.migrate(Payload.of(event));
    assertThat(lastPublished().getString("status")).isEqualTo("MIGRATED");
  }

  @Test
  void whatWhatsAppShowedStandsInTheEventForTheRetry() {
    outside.graph().tells(state("ON_PREMISE", "BANNED"));
    upload(event("s3-put.json"));

    String nextStep = published().getString("nextStep");
    String shown = nextStep.substring(nextStep.indexOf('{'), nextStep.lastIndexOf('}') + 1);
    assertThat(from(shown).getString("retry.state"))
        .isEqualTo(published().getString("retry.state"))
        .isEqualTo("platform ON_PREMISE, status BANNED");

    ObjectNode event = (ObjectNode) parse(shown);
    ((ObjectNode) event.path("retry")).put("reason", "Meta's support said so");
    migrate.migrate(Payload.of(event));
    assertRegisteredOnce();
  }
}
