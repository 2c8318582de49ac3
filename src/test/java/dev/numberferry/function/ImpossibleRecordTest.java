package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.event.EnvelopeTest;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can never be an upload is answered once, by itself, and keeps no other from its run. */
@QuarkusTest
class ImpossibleRecordTest extends UploadTestBase {

  private static final String FIRST = "206540352242922";

  static Stream<Arguments> impossible() {
    return Stream.of(
        impossible("a key over 1024 bytes", it -> object(it).put("key", key("k".repeat(1010)))),
        impossible("half a character", it -> object(it).put("key", key("half\uD83D.json"))),
        impossible("the other half", it -> object(it).put("key", key("\uDE00.json"))),
        impossible("a version over 1024", it -> object(it).put("versionId", "v".repeat(1025))),
        impossible("half of a version", it -> object(it).put("versionId", "\uD83D")),
        impossible("no bucket", it -> ((ObjectNode) it.path("s3")).remove("bucket")),
        impossible("a bucket without a name", it -> bucket(it).put("name", "")),
        impossible("another bucket", it -> bucket(it).put("name", "somebody-elses")),
        impossible("a name that is none", it -> bucket(it).putObject("name")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("impossible")
  void aRecordIsInvalidOnceAndTheOthersRun(String what, Consumer<ObjectNode> change) {
    ObjectNode event = (ObjectNode) event("s3-put.json");
    ((ArrayNode) event.path("Records")).insert(0, changed(change));
    ((ArrayNode) event.path("Records")).add(changed(change));

    assertDone(upload(batch(event.toString())));

    assertThat(publishedStatuses()).containsExactly("INVALID", "MIGRATED", "INVALID");
    assertThat(published(0).getString("phoneNumberId")).isEqualTo(FIRST);
    assertThat(outside.topic().messages().get(0).attributes())
        .containsEntry("phoneNumberId", FIRST);
    assertRegisteredOnce();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("impossible")
  void soItIsInANotificationOfSnsAndDirectly(String what, Consumer<ObjectNode> change) {
    ObjectNode event = JSON.createObjectNode();
    event.putArray("Records").add(changed(change));

    assertDone(upload(batch(EnvelopeTest.snsMessage(event.toString()))));
    assertThat((List<?>) upload(event)).hasSize(1);

    assertThat(publishedStatuses()).containsExactly("INVALID", "INVALID");
    assertThat(published(1).getString("nextStep")).endsWith(".");
    assertNothingSent();
  }

  @ParameterizedTest
  @MethodSource("impossibleForEventBridge")
  void soIsAnEventOfEventBridge(Consumer<ObjectNode> change) {
    ObjectNode event = sample("eventbridge.json");
    change.accept((ObjectNode) event.path("detail"));

    assertDone(upload(batch(event.toString())));

    assertThat(published().getString("status")).isEqualTo("INVALID");
    assertThat(published().getString("phoneNumberId")).isEqualTo(Sample.NUMBER);
    assertNothingSent();
  }

  static Stream<Consumer<ObjectNode>> impossibleForEventBridge() {
    return Stream.of(
        it -> ((ObjectNode) it.path("object")).put("key", Sample.NUMBER + "/" + "k".repeat(1010)),
        it -> ((ObjectNode) it.path("object")).put("key", Sample.NUMBER + "/\uD83D"),
        it -> ((ObjectNode) it.path("object")).put("version-id", "v".repeat(1025)),
        it -> it.remove("bucket"));
  }

  /** Times and names that nobody has are no reason to fail either. */
  @ParameterizedTest
  @CsvSource({
    "eventTime, +1000000000-12-31T23:59:59.999999999Z",
    "eventTime, -1000000000-01-01T00:00:00Z",
    "eventTime, 2026-11-22",
    "eventName, ''"
  })
  void oddValuesBesideTheObjectMakeNoMessageComeBack(String field, String value) {
    outside.graph().refuses(400, 133006);
    upload(event("s3-put.json"));
    ObjectNode event = (ObjectNode) event("s3-put.json");
    ((ObjectNode) event.at("/Records/0")).put(field, value);
    put();

    assertDone(upload(batch(event.toString())));
    assertDone(upload(batch(event.toString())));
    upload(sequenced("0055AED6DCD90281E9"));

    assertThat(outside.ledger().items()).hasSize(1);
  }

  @Test
  void halfOfACharacterInWhoUploadedMakesNoMessageComeBack() {
    ObjectNode event = (ObjectNode) event("s3-put.json");
    ((ObjectNode) event.at("/Records/0/userIdentity")).put("principalId", "half \uD83D");

    assertDone(upload(batch(event.toString())));

    assertThat(published().getString("status")).isEqualTo("MIGRATED");
    assertRegisteredOnce();
  }

  @Test
  void anEventOfANotificationIsInvalidOnceAndTheOthersRun() {
    ObjectNode impossible = sampleOf(FIRST);
    ((ObjectNode) impossible.path("backup")).put("key", FIRST + "/" + "k".repeat(1010));
    ObjectNode event = (ObjectNode) parse(EnvelopeTest.snsEvent(impossible.toString()));
    event
        .withArray("Records")
        .add(parse(EnvelopeTest.snsEvent(Sample.event("direct.json"))).at("/Records/0"));

    invoke(event.toString()).statusCode(200);

    assertThat(publishedStatuses()).containsExactly("INVALID", "MIGRATED");
    assertThat(published(0).getString("phoneNumberId")).isEqualTo(FIRST);
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @ValueSource(strings = {"+15551234567", "123"})
  void metadataThatIsNoIdLeavesTheNumberOfTheKey(String metadata) {
    outside.objects().putMetadata("phone-number-id", metadata);

    upload(event("s3-put.json"));

    assertNames(published(), "INVALID");
  }

  /** Its metadata may name another: until that is known the upload is remembered of none. */
  @ParameterizedTest
  @CsvSource({
    "403, eu-central-1, NOT_SENT",
    "503, eu-central-1, NOT_SENT",
    "301, eu-west-1, INVALID"
  })
  void anObjectThatCannotBeAskedAboutHasTheNumberOfItsKey(
      int status, String region, String result) {
    outside.objects().answersHead(status, Map.of("x-amz-bucket-region", region));

    upload(event("sqs-uploads.json"));

    assertNames(published(), result);
    assertThat(entry().getMap("$")).doesNotContainKey("newestUpload");
    assertNothingSent();
  }

  @Test
  void anIdThatBeginsWithAZeroIsNotInTheWayOfTheMetadata() {
    String key = "0123456/backup.json";
    outside.objects().put(Sample.BUCKET, key, Sample.backupFile());
    outside.objects().putMetadata("phone-number-id", Sample.NUMBER);

    upload(notification(record(), key));

    assertNames(published(), "MIGRATED");
    assertRegisteredOnce();
  }

  private static void assertNames(JsonPath result, String status) {
    assertThat(result.getString("status")).isEqualTo(status);
    assertThat(result.getString("phoneNumberId")).isEqualTo(Sample.NUMBER);
  }

  private static void assertDone(Object answer) {
    assertThat(((SqsBatchResponse) answer).batchItemFailures()).isEmpty();
  }

  private static JsonNode batch(String body) {
    ObjectNode batch = sample("sqs-uploads.json");
    ((ObjectNode) batch.at("/Records/0")).put("body", body);
    return batch;
  }

  private static ObjectNode changed(Consumer<ObjectNode> change) {
    ObjectNode record = record();
    object(record).put("key", key("backup.json"));
    change.accept(record);
    return record;
  }

  private static String key(String file) {
    return FIRST + "/" + file;
  }

  private static ObjectNode object(ObjectNode record) {
    return (ObjectNode) record.at("/s3/object");
  }

  private static ObjectNode bucket(ObjectNode record) {
    return (ObjectNode) record.at("/s3/bucket");
  }

  private static Arguments impossible(String what, Consumer<ObjectNode> change) {
    return Arguments.of(what, change);
  }
}
