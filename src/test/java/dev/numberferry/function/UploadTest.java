package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static io.restassured.path.json.JsonPath.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.event.EnvelopeTest;
import dev.numberferry.event.Payload;
import dev.numberferry.function.SqsBatchResponse.BatchItemFailure;
import dev.numberferry.standin.CallListener;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A backup that was dropped into the bucket. */
@QuarkusTest
class UploadTest extends FunctionTestBase {

  @Inject BackupUploadedFunction function;
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
  @ValueSource(
      strings = {
        "106540352242922/backup.json.md5",
        "106540352242922/backup.json.sha256",
        "106540352242922/backup.json.SHA512",
        "106540352242922.sha1sum",
        "106540352242922/SHA256SUMS",
        "106540352242922/checksums.txt",
        "106540352242922/backup.json.sig",
        "106540352242922/backup.json.asc",
        "106540352242922/.DS_Store",
        "106540352242922/._backup.json",
        "106540352242922/Thumbs.db",
        "106540352242922/desktop.ini",
        "106540352242922/backup.json~",
        "106540352242922/~$backup.json",
        "106540352242922/backup.json.tmp",
        "106540352242922/backup.json.part",
        "106540352242922/backup.json.filepart"
      })
  void aCompanionOfABackupIsPassedOver(String key) {
    outside
        .objects()
        .put(
            Sample.BUCKET,
            key,
            "d41d8cd98f00b204e9800998ecf8427e".getBytes(StandardCharsets.US_ASCII));

    upload(notification(record(), key));

    assertThat(outside.topic().messages()).isEmpty();
    assertThat(outside.ledger().items()).isEmpty();
    assertNothingSent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "106540352242922/sha256.json",
        "106540352242922/backup.json.bak",
        "106540352242922/backup.txt",
        "sig/106540352242922.json",
        ".hidden/106540352242922.json"
      })
  void whatOnlyLooksLikeACompanionIsABackup(String key) {
    outside.objects().put(Sample.BUCKET, key, Sample.backupFile());

    upload(notification(record(), key));

    assertThat(published().getString("status")).isEqualTo("MIGRATED");
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

  @ParameterizedTest
  @CsvSource({"123, 5 to 20 digits", "15551234567x, 5 to 20 digits"})
  void metadataThatCannotBeUsedNamesTheObject(String metadata, String problem) {
    outside.objects().putMetadata("phone-number-id", metadata);

    upload(event("s3-put.json"));

    assertThat(published().getString("status")).isEqualTo("INVALID");
    assertThat(published().getString("error.message"))
        .contains("phone-number-id", problem, "s3://" + Sample.BUCKET + "/" + Sample.KEY);
    assertNothingSent();
  }

  @Test
  void anotherBucketIsRefused() {
    ObjectNode record = record();
    ((ObjectNode) record.at("/s3/bucket")).put("name", "somebody-elses");

    upload(notification(record, Sample.KEY));

    assertThat(published().getString("status")).isEqualTo("INVALID");
    assertThat(published().getString("nextStep")).contains("FERRY_BACKUP_BUCKET");
    assertNothingSent();
  }

  @ParameterizedTest
  @CsvSource({
    "backup.json, names no phoneNumberId",
    "1234/backup.json, names no phoneNumberId",
    "123456789012345678901.json, names no phoneNumberId",
    "20261122/106540352242922.json, names more than one phoneNumberId",
    "106540352242922/106540352242923.json, names more than one phoneNumberId"
  })
  void anObjectWithoutOneIdIsInvalidOnTheTopic(String key, String problem) {
    outside.objects().put(Sample.BUCKET, key, Sample.backupFile());

    upload(notification(record(), key));

    assertThat(published().getString("status")).isEqualTo("INVALID");
    assertThat(published().getString("error.message")).contains(problem, key);
    assertNothingSent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "106540352242922/backup.json",
        "2026/106540352242922.json",
        "106540352242922",
        "106540352242922.backup.json",
        "106540352242922/106540352242922.json",
        "Grüße & mehr/a+b c%20d/106540352242922.json"
      })
  void theIdIsFoundInTheKeyWhichSurvivesAsItIs(String key) {
    outside.objects().put(Sample.BUCKET, key, Sample.backupFile());

    upload(notification(record(), key));

    assertThat(published().getString("status")).isEqualTo("MIGRATED");
    assertThat(published().getString("backup.key")).isEqualTo(key);
    assertRegisteredOnce();
  }

  @Test
  void aKeyOfEventBridgeIsNotDecoded() {
    String key = "a+b c%20d/106540352242922.json";
    outside.objects().put(Sample.BUCKET, key, Sample.backupFile());
    ObjectNode event = (ObjectNode) event("eventbridge.json");
    ((ObjectNode) event.at("/detail/object")).put("key", key);

    upload(event);

    assertThat(published().getString("backup.key")).isEqualTo(key);
    assertRegisteredOnce();
  }

  @Test
  void theMetadataOutranksTheKey() {
    outside.objects().put(Sample.BUCKET, "20261122/10000000.json", Sample.backupFile());
    outside.objects().putMetadata("phone-number-id", Sample.NUMBER);

    upload(notification(record(), "20261122/10000000.json"));

    assertThat(published().getString("phoneNumberId")).isEqualTo(Sample.NUMBER);
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "206540352242922/backup.json",
        "206540352242922.json",
        "206540352242922/106540352242922/backup.json",
        "106540352242922/206540352242922.json"
      })
  void metadataMovesNoOtherNumberThanTheKeyNames(String key) {
    outside.objects().put(Sample.BUCKET, key, Sample.backupFile());
    outside.objects().putMetadata("phone-number-id", Sample.NUMBER);

    upload(notification(record(), key));

    assertThat(published().getString("status")).isEqualTo("INVALID");
    assertThat(published().getString("error.message"))
        .isEqualTo(
            "the metadata phone-number-id names another number than the key:"
                + " s3://number-ferry-backups/"
                + key);
    assertNothingSent();
  }

  @Test
  void metadataThatIsNoIdIsInvalid() {
    outside.objects().putMetadata("phone-number-id", "+15551234567");

    upload(event("s3-put.json"));

    assertThat(published().getString("status")).isEqualTo("INVALID");
    assertNothingSent();
  }

  @ParameterizedTest
  @CsvSource({
    "403, eu-central-1, NOT_SENT, ' was denied: HTTP 403'",
    "503, eu-central-1, NOT_SENT, ' failed: HTTP 503'",
    "301, eu-west-1, INVALID, is in eu-west-1",
    "400, eu-west-1, INVALID, is in eu-west-1",
    "400, eu-central-1, NOT_SENT, ' failed: HTTP 400'"
  })
  void anObjectThatCannotBeAskedAboutIsOnTheTopic(
      int status, String region, String result, String problem) {
    outside.objects().answersHead(status, Map.of("x-amz-bucket-region", region));

    upload(event("sqs-uploads.json"));

    assertThat(published().getString("status")).isEqualTo(result);
    assertThat(published().getString("error.message")).contains(problem);
    assertNothingSent();
  }

  @Test
  void theOlderOfTwoUploadsDoesNotRunAfterTheNewer() {
    outside.graph().refuses(400, 133006);
    upload(event("s3-put.json"));
    outside.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());
    ObjectNode older = record();
    older.put("eventTime", "2026-11-22T11:59:59.999Z");
    ((ObjectNode) older.at("/s3/object")).remove("sequencer");

    upload(notification(older, Sample.KEY));

    assertThat(lastPublished().getString("reason")).isEqualTo("SUPERSEDED");
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @CsvSource({"false, SUPERSEDED, 1", "true, , 2"})
  void whereNothingTellsTheOrderTheCurrentVersionRuns(boolean current, String reason, int calls) {
    outside.graph().refuses(400, 133006);
    upload(unordered("first"));
    String version = outside.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());

    upload(unordered(current ? version : "other"));

    assertThat(lastPublished().getString("reason")).isEqualTo(reason);
    assertThat(outside.graph().registers()).hasSize(calls);
  }

  private static JsonNode unordered(String version) {
    ObjectNode record = record();
    ((ObjectNode) record.at("/s3/object")).put("versionId", version).remove("sequencer");
    return notification(record, Sample.KEY);
  }

  @Test
  void theMetadataIsAskedForWhileTheInputsAreRead() {
    forgetSharedToken();
    withoutOwnToken();
    outside.secrets().put(SHARED, Sample.TOKEN);
    outside.aws().listener(new Together(5));

    upload(event("s3-put.json"));

    outside.aws().listener(CallListener.NONE);
    assertThat(published().getString("status")).isEqualTo("MIGRATED");
    assertRegisteredOnce();
  }

  /** Lets the first calls through only when so many of them are under way at the same time. */
  private static final class Together implements CallListener {

    private final CountDownLatch underWay;

    private Together(int calls) {
      underWay = new CountDownLatch(calls);
    }

    @Override
    public boolean arrived(Call call) {
      underWay.countDown();
      try {
        return underWay.await(5, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    @Override
    public void tookEffect(Call call) {}
  }

  @Test
  void aNewerUploadThatWasHeldBackStillSupersedesAnOlderOne() {
    outside.ledger().fails("PutItem", "REJECTED");
    outside.graph().refuses(400, 133006);
    assertThatThrownBy(() -> upload(event("s3-put.json"))).isInstanceOf(FailedInvocation.class);
    outside.aws().recovers();
    outside.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());
    upload(sequenced("0055AED6DCD90281E7"));
    assertThat(lastPublished().getString("reason")).isEqualTo("IN_PROGRESS");
    makeTheClaimStale();
    outside.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());

    upload(sequenced("0055AED6DCD90281E6"));

    assertThat(lastPublished().getString("reason")).isEqualTo("SUPERSEDED");
    assertRegisteredOnce();
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

  private static JsonNode sequenced(String sequencer) {
    ObjectNode record = record();
    ((ObjectNode) record.at("/s3/object")).put("sequencer", sequencer);
    return notification(record, Sample.KEY);
  }

  @Test
  void theSameUploadTwiceIsOneMigration() {
    upload(event("s3-put.json"));
    upload(event("eventbridge.json"));

    assertThat(publishedStatuses()).containsExactly("MIGRATED");
    assertRegisteredOnce();
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

  private Object upload(JsonNode event) {
    return function.backupUploaded(Payload.of(event));
  }

  private static JsonNode event(String file) {
    return parse(Sample.event(file));
  }

  private static ObjectNode record() {
    return (ObjectNode) event("s3-put.json").at("/Records/0");
  }

  /** A notification about a key, which is URL-encoded in it. */
  private static JsonNode notification(ObjectNode record, String key) {
    String encoded = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
    ((ObjectNode) record.at("/s3/object")).put("key", encoded);
    ObjectNode event = JSON.createObjectNode();
    event.putArray("Records").add(record);
    return event;
  }
}
