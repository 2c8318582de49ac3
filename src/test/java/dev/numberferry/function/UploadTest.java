package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static dev.numberferry.standin.GraphStandIn.state;
import static io.restassured.path.json.JsonPath.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.event.EnvelopeTest;
import dev.numberferry.event.Payload;
import dev.numberferry.function.SqsBatchResponse.BatchItemFailure;
import dev.numberferry.standin.CallListener;
import dev.numberferry.standin.LogLines;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
  void theTestEventIsPassedOverAndCounted() {
    List<String> lines =
        LogLines.of(BackupUploadedFunction.class, () -> upload(event("s3-test.json")));

    assertThat(outside.topic().messages()).isEmpty();
    assertThat(lines)
        .containsExactly("INFO Passed over: S3's test event", "INFO Passed over: 1 of 1 records");
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
  @ValueSource(
      strings = {
        "ObjectRestore:Completed",
        "s3:ObjectTagging:Put",
        "ObjectAcl:Put",
        "LifecycleTransition",
        "LifecycleExpiration:Delete",
        "IntelligentTiering",
        "Replication:OperationFailedReplication",
        "ReducedRedundancyLostObject",
        "s3:ObjectAccessed:Get"
      })
  void aNotificationThatMakesNoObjectIsPassedOver(String eventName) {
    upload(notification(record().put("eventName", eventName), Sample.KEY));

    assertThat(outside.topic().messages()).isEmpty();
    assertNothingSent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Object Deleted",
        "Object Restore Initiated",
        "Object Restore Completed",
        "Object Restore Expired",
        "Object Tags Added",
        "Object Tags Deleted",
        "Object ACL Updated",
        "Object Storage Class Changed",
        "Object Access Tier Changed"
      })
  void anEventThatMakesNoObjectIsPassedOver(String detailType) {
    upload(((ObjectNode) event("eventbridge.json")).put("detail-type", detailType));

    assertThat(outside.topic().messages()).isEmpty();
    assertNothingSent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ObjectCreation:Put", "", "PutObject", "ObjectCreated"})
  void aNotificationThatIsNotKnownIsInvalidAndNamesItsNumber(String eventName) {
    upload(notification(record().put("eventName", eventName), Sample.KEY));

    assertInvalid("s3:ObjectCreated:*");
    assertThat(published().getString("phoneNumberId")).isEqualTo(Sample.NUMBER);
  }

  @ParameterizedTest
  @CsvSource({
    "aws.s3, Object ObjectCreated Put",
    "aws.s3, Object Uploaded",
    "aws.ec2, EC2 Instance State-change Notification",
    "aws.events, Scheduled Event",
    "aws.glacier, Object Created"
  })
  void anEventOfAnotherServiceOrAnotherNameIsInvalid(String source, String detailType) {
    upload(
        ((ObjectNode) event("eventbridge.json"))
            .put("source", source)
            .put("detail-type", detailType));

    assertInvalid("Object Created");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PutObject", "CompleteMultipartUpload", "CopyObject", "PostObject"})
  void anUploadThatCloudTrailReportsIsInvalidWithTheRuleToSetInstead(String eventName) {
    upload(cloudTrail(eventName, Sample.KEY));

    assertInvalid("Object Created");
    assertThat(published().getString("phoneNumberId")).isEqualTo(Sample.NUMBER);
    assertThat(published().getString("error.message")).contains("CloudTrail");
    assertThat(published().getString("nextStep")).contains("aws.s3", "EventBridge");
  }

  /** A bucket that keeps the results is written to because a result was published. */
  @Test
  void anUploadToAnotherBucketThatCloudTrailReportsIsPassedOver() {
    ObjectNode event = cloudTrail("PutObject", "results/2026/11/22/results-1");
    ((ObjectNode) event.at("/detail/requestParameters")).put("bucketName", "archive");

    List<String> lines = LogLines.of(BackupUploadedFunction.class, () -> upload(event));

    assertThat(outside.topic().messages()).isEmpty();
    assertThat(lines)
        .containsExactly(
            "INFO Passed over, as CloudTrail reports it of another bucket:"
                + " s3://archive/results/2026/11/22/results-1",
            "INFO Passed over: 1 of 1 records");
    assertNothingSent();
  }

  @Test
  void anUploadToAnotherBucketThatItTellsItselfIsInvalid() {
    ObjectNode event = (ObjectNode) event("eventbridge.json");
    ((ObjectNode) event.at("/detail/bucket")).put("name", "archive");

    upload(event);

    assertInvalid("FERRY_BACKUP_BUCKET");
  }

  /** Such a rule also tells of what this function itself reads. */
  @ParameterizedTest
  @ValueSource(strings = {"GetObject", "HeadObject", "DeleteObject", "PutObjectTagging"})
  void whatElseCloudTrailReportsOfS3IsPassedOver(String eventName) {
    upload(cloudTrail(eventName, Sample.KEY));

    assertThat(outside.topic().messages()).isEmpty();
    assertNothingSent();
  }

  /** A rule without a source also tells of what this function publishes: an answer has no end. */
  @ParameterizedTest
  @CsvSource({
    "aws.sns, AWS API Call via CloudTrail, Publish",
    "aws.dynamodb, AWS API Call via CloudTrail, PutItem",
    "aws.signin, AWS Console Sign In via CloudTrail, ConsoleLogin"
  })
  void whatCloudTrailReportsOfOtherServicesIsPassedOver(
      String source, String detailType, String eventName) {
    upload(cloudTrail(eventName, Sample.KEY).put("source", source).put("detail-type", detailType));

    assertThat(outside.topic().messages()).isEmpty();
    assertNothingSent();
  }

  @Test
  void anUploadThatFailedIsNone() {
    ObjectNode event = cloudTrail("PutObject", Sample.KEY);
    ((ObjectNode) event.get("detail")).put("errorCode", "AccessDenied");

    upload(event);

    assertThat(outside.topic().messages()).isEmpty();
  }

  @Test
  void theDetailOfAnUploadAloneIsInvalidWithWhatToSend() {
    upload(event("eventbridge.json").get("detail"));

    assertInvalid("whole event");
  }

  @Test
  void aRecordOfAnotherServiceBesideAnUploadIsInvalid() {
    ObjectNode event = (ObjectNode) event("s3-put.json");
    event.withArray("Records").addObject().put("eventSource", "aws:sqs").put("body", "{}");

    upload(event);

    assertThat(publishedStatuses()).containsExactlyInAnyOrder("MIGRATED", "INVALID");
    assertRegisteredOnce();
  }

  @Test
  void anUploadWithoutAKeyIsInvalid() {
    upload(notification(record(), ""));

    assertInvalid("unchanged");
  }

  private void assertInvalid(String nextStep) {
    assertThat(published().getString("status")).isEqualTo("INVALID");
    assertThat(published().getString("nextStep")).contains(nextStep).endsWith(".");
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
  void whoPutAnUploadOnTheQueueIsKeptBesideWhoUploaded() {
    upload(event("sqs-uploads.json"));

    assertThat(newestAttempt().getString("requestedBy")).isEqualTo("AWS:AIDAEXAMPLE");
    assertThat(newestAttempt().getString("sentBy")).isEqualTo("AIDAEXAMPLE");
  }

  /** A bucket that logs into itself is written to because it was written to. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-28-10-15-42-E568B2907131C0C0",
        "106540352242922/2026-11-28-10-15-42-E568B2907131C0C0",
        "access/logs-2026-11-28-10-15-42-E568B2907131C0C0",
        "123456789012/eu-central-1/a-bucket/2026/11/28/2026-11-28-10-15-42-1234567890123456",
        "AWSLogs/123456789012/CloudTrail/eu-central-1/2026/11/28/123456789012_CloudTrail.json.gz",
        "trail/AWSLogs/o-exampleorgid/123456789012/CloudTrail-Digest/eu-central-1/2026/11/28/1.gz"
      })
  void aLogThatAwsHasWrittenIsPassedOverWhateverStandsBeforeIt(String key) {
    List<String> calls = new CopyOnWriteArrayList<>();
    outside.aws().listener(new Together(1, calls));

    upload(notification(record(), key));

    outside.aws().listener(CallListener.NONE);
    assertThat(calls).isEmpty();
    assertThat(outside.topic().messages()).isEmpty();
    assertNothingSent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "106540352242922/2026-11-28-10-15-42-E568B2907131C0C0.json",
        "2026-11-28-10-15-42-E568B2907131C0C0/106540352242922.json",
        "106540352242922/2026-11-28-10-15-42",
        "AWSLogs/106540352242922.json"
      })
  void aBackupWithATimeInItsKeyIsNoLog(String key) {
    outside.objects().put(Sample.BUCKET, key, Sample.backupFile());

    upload(notification(record(), key));

    assertThat(published().getString("status")).isEqualTo("MIGRATED");
    assertRegisteredOnce();
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
  void aNewerUploadThatCouldNotBeRememberedComesAgainAndTheOlderDoesNotRun() {
    engage();
    outside.ledger().fails("PutItem", "newestUpload");
    assertNotRecorded(() -> upload(sequenced("0055AED6DCD90281E7")), "BRAKE");
    outside.aws().recovers();
    upload(sequenced("0055AED6DCD90281E7"));
    release();

    upload(sequenced("0055AED6DCD90281E6"));

    assertThat(publishedStatuses()).containsExactly("BRAKED", "WITHHELD", "WITHHELD", "WITHHELD");
    assertThat(lastPublished().getString("reason")).isEqualTo("SUPERSEDED");
    assertNothingSent();
  }

  @Test
  void anUploadThatCouldNotBeRememberedBringsItsMessageBackAndIsHeardEachTime() {
    outside.graph().refuses(400, 133016);
    upload(event("s3-put.json"));
    outside.secrets().put(Sample.SECRET_ID, Sample.secret());
    outside.ledger().fails("PutItem", "newestUpload");

    assertComesBack(upload(received(1, "0055AED6DCD90281E7")));
    assertComesBack(upload(received(2, "0055AED6DCD90281E7")));

    assertThat(publishedStatuses()).containsExactly("REJECTED", "WITHHELD", "WITHHELD");
    assertThat(lastPublished().getString("reason")).isEqualTo("BLOCKED");
    assertRegisteredOnce();
  }

  @Test
  void anUploadIsRememberedAlsoWhereItsNumberHasMoved() {
    upload(event("s3-put.json"));
    outside.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());
    outside.ledger().fails("PutItem", "newestUpload");

    assertThatThrownBy(() -> upload(sequenced("0055AED6DCD90281E7")))
        .isInstanceOf(FailedInvocation.class)
        .asString()
        .startsWith("NotRecorded: ");

    assertThat(lastPublished().getString("status")).isEqualTo("ALREADY_MIGRATED");
    assertRegisteredOnce();
  }

  @Test
  void anUploadThatIsInvalidIsNotRememberedAndNeedsNoLedger() {
    outside.ledger().fails("PutItem", "");
    outside.objects().remove(Sample.BUCKET, Sample.KEY);

    upload(event("s3-put.json"));

    assertThat(published().getString("status")).isEqualTo("INVALID");
  }

  @Test
  void whatWasNotSentSaysSoThoughItCouldNotBeRememberedEither() {
    outside.secrets().fails("GetSecretValue", Sample.SECRET_ID, 500, "InternalServiceError");
    outside.ledger().fails("PutItem", "newestUpload");

    assertThatThrownBy(() -> upload(event("s3-put.json")))
        .isInstanceOf(FailedInvocation.class)
        .asString()
        .startsWith("NotSent: ");

    assertThat(publishedStatuses()).containsExactly("NOT_SENT");
  }

  @Test
  void anUploadThatIsAnsweredFromTheRecordIsRemembered() {
    String second = "106540352242922/second.json";
    outside.objects().put(Sample.BUCKET, second, Sample.backupFile());
    outside.graph().refuses(400, 133006);
    migrate.migrate(Payload.of(parse(Sample.event("direct.json").replace(Sample.KEY, second))));
    outside.ledger().fails("PutItem", "newestUpload");
    assertThatThrownBy(() -> upload(at("2026-11-22T12:00:01Z", second)))
        .isInstanceOf(FailedInvocation.class);
    outside.aws().recovers();
    upload(at("2026-11-22T12:00:01Z", second));

    upload(at("2026-11-22T12:00:00Z", Sample.KEY));

    assertThat(publishedStatuses()).containsExactly("REJECTED", "WITHHELD");
    assertThat(lastPublished().getString("reason")).isEqualTo("SUPERSEDED");
    assertRegisteredOnce();
  }

  @Test
  void anUploadThatFindsItsOwnRunInProgressIsRemembered() {
    String second = "106540352242922/second.json";
    outside.objects().put(Sample.BUCKET, second, Sample.backupFile());
    outside.graph().refuses(400, 133006);
    leaveAClaimBehind(
        () ->
            migrate.migrate(
                Payload.of(parse(Sample.event("direct.json").replace(Sample.KEY, second)))));
    upload(at("2026-11-22T12:00:01Z", second));
    makeTheClaimStale();

    upload(at("2026-11-22T12:00:00Z", Sample.KEY));

    assertThat(lastPublished().getString("reason")).isEqualTo("SUPERSEDED");
    assertRegisteredOnce();
  }

  private void assertNotRecorded(ThrowingCallable upload, String reason) {
    assertThatThrownBy(upload)
        .isInstanceOf(FailedInvocation.class)
        .asString()
        .startsWith("NotRecorded: ");
    assertThat(lastPublished().getString("reason")).isEqualTo(reason);
  }

  private static void assertComesBack(Object answer) {
    assertThat(((SqsBatchResponse) answer).batchItemFailures()).hasSize(1);
  }

  private static JsonNode at(String time, String key) {
    ObjectNode record = record();
    record.put("eventTime", time);
    return notification(record, key);
  }

  /** A message with an upload, received so often. */
  private static JsonNode received(int times, String sequencer) {
    ObjectNode batch = sample("sqs-uploads.json");
    ObjectNode message = (ObjectNode) batch.at("/Records/0");
    message.put("body", sequenced(sequencer).toString());
    ((ObjectNode) message.path("attributes")).put("ApproximateReceiveCount", "" + times);
    return batch;
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
