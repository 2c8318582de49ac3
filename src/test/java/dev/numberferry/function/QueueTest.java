package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static dev.numberferry.standin.GraphStandIn.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.event.EnvelopeTest;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Migration events as queue messages, and events of a wrong kind. */
@QuarkusTest
class QueueTest extends FunctionTestBase {

  @ParameterizedTest
  @CsvSource({
    "s3-put.json, an S3 notification",
    "s3-test.json, S3's test event",
    "eventbridge.json, an EventBridge event",
    "api-post.json, a request of an HTTP API"
  })
  void anotherKindOfEventIsNamed(String file, String kind) {
    answered(invoke(Sample.event(file)))
        .body(
            "error.message",
            equalTo(
                "the event is "
                    + kind
                    + ", and migrate takes a migration event or a batch of them"));
    assertNothingSent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3-put.json", "eventbridge.json"})
  void anUploadAtTheWrongFunctionHasTheNumberOfItsKey(String file) {
    answered(invoke(Sample.event(file)))
        .body("status", equalTo("INVALID"), "phoneNumberId", equalTo(Sample.NUMBER));
    assertDone(invoke(batch(Sample.event(file))));

    assertThat(lastPublished().getString("phoneNumberId")).isEqualTo(Sample.NUMBER);
    assertNothingSent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"206540352242922/backup.json", "backup.json"})
  void twoUploadsOfOneEventHaveNoNumberInCommon(String key) {
    ObjectNode event = sample("s3-put.json");
    ObjectNode other = event.at("/Records/0").deepCopy();
    ((ObjectNode) other.at("/s3/object")).put("key", key);
    event.withArray("Records").add(other);

    answered(invoke(event.toString())).body("$", not(hasKey("phoneNumberId")));
    assertNothingSent();
  }

  @Test
  void aMessageIsAMigrationEvent() {
    assertDone(invoke(Sample.event("sqs-migrations.json")));

    assertThat(published().getString("status")).isEqualTo("MIGRATED");
    assertThat(outside.queue().hidden()).isEmpty();
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no JSON", "", "null", "[]"})
  void aMessageThatIsNoEventIsInvalidAndDoesNotComeBack(String body) {
    assertDone(invoke(batch(body)));

    assertThat(published().getString("status")).isEqualTo("INVALID");
    assertNothingSent();
  }

  @Test
  void aBackupInsideAMessageIsRefused() {
    ObjectNode event = sample();
    event.putObject("backup").put("data", Sample.BACKUP);

    invoke(batch(event.toString()));

    assertThat(published().getString("status")).isEqualTo("INVALID");
    assertThat(published().getString("error.message")).contains("no place for a credential");
    assertNothingSent();
  }

  @Test
  void ofTenMessagesOnlyTheOneThatWasNotSentComesBack() {
    String[] bodies = new String[10];
    for (int i = 0; i < bodies.length; i++) {
      String number = "10654035224292" + i;
      outside.secrets().put("whatsapp/" + number, Sample.secret());
      outside.objects().put(Sample.BUCKET, number + "/backup.json", Sample.backupFile());
      bodies[i] = sampleOf(number).toString();
    }
    bodies[3] = bodies[3].replace("\"key\"", "\"kee\"");
    bodies[5] = bodies[5].replace("\"phoneNumberId\"", "\"phoneNumber\"");
    outside.graph().answers(okJson("{\"success\": true}"));
    outside
        .secrets()
        .fails("GetSecretValue", "whatsapp/106540352242927", 500, "InternalServiceError");

    invoke(batch(bodies)).body("batchItemFailures.itemIdentifier", contains("message-7"));
    assertThat(outside.graph().registers()).hasSize(7);
    assertThat(publishedStatuses())
        .containsExactly(
            "MIGRATED",
            "MIGRATED",
            "MIGRATED",
            "INVALID",
            "MIGRATED",
            "INVALID",
            "MIGRATED",
            "NOT_SENT",
            "MIGRATED",
            "MIGRATED");
  }

  @ParameterizedTest
  @CsvSource({"1, 540, 675", "2, 1080, 1350", "4, 4320, 5400", "5, 7200, 9000", "80, 7200, 9000"})
  void whatWasNotSentComesBackLaterEachTime(int receive, int atLeast, int atMost) {
    outside.objects().fails(503, "SlowDown");

    assertComesAgain(invoke(received(receive)));

    JsonPath hidden = hidden();
    assertThat(hidden.getString("QueueUrl"))
        .isEqualTo("https://sqs.eu-central-1.amazonaws.com/123456789012/number-ferry-migrations");
    assertThat(hidden.getString("ReceiptHandle")).isEqualTo("AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a");
    assertThat(hidden.getInt("VisibilityTimeout")).isBetween(atLeast, atMost);
    assertNothingSent();
  }

  @Test
  void aMessageWaitsForTheEndOfARateLimit() {
    outside.graph().looksAnswer(error(400, "{\"error\": {\"message\": \"m\", \"code\": 4}}"));

    assertComesAgain(invoke(received(1)));

    // An hour, and up to a tenth more.
    assertThat(hidden().getInt("VisibilityTimeout")).isBetween(3500, 3960);
    assertNothingSent();
  }

  @Test
  void aMessageWaitsForTheRestOfAnotherRun() {
    leaveAClaimBehind(FunctionTestBase::invokeSample);
    outside.secrets().put(Sample.SECRET_ID, Sample.secret());

    assertComesAgain(invoke(received(1)));

    assertThat(lastPublished().getString("reason")).isEqualTo("IN_PROGRESS");
    // The rest of 90 seconds, and some.
    assertThat(hidden().getInt("VisibilityTimeout")).isBetween(10, 110);
    assertRegisteredOnce();
  }

  @Test
  void aRetryWaitsForTheCallThatWhatsAppMayBeAtWorkOn() {
    outside.graph().answers(aResponse().withStatus(502));
    answered(invokeSample());
    String retry = received(1, sampleRetrying("I looked"));

    assertComesAgain(invoke(retry));

    assertThat(lastPublished().getString("reason")).isEqualTo("IN_PROGRESS");
    // The rest of 90 seconds, and some.
    assertThat(hidden().getInt("VisibilityTimeout")).isBetween(10, 110);
    assertRegisteredOnce();
    letTheLastCallBeOver();
    outside.graph().reset();
    assertDone(invoke(retry));
    assertThat(lastPublished().getString("status")).isEqualTo("MIGRATED");
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @CsvSource({"403, AccessDeniedException", "400, ReceiptHandleIsInvalid", "500, InternalError"})
  void whereItCannotBeHiddenTheQueuesOwnTimeStays(int status, String code) {
    outside.objects().fails(503, "SlowDown");
    outside.queue().doesNotHide(status, code);

    assertComesAgain(invoke(received(1)));

    assertThat(outside.queue().hidden()).isNotEmpty();
    assertThat(published().getString("status")).isEqualTo("NOT_SENT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "arn:aws:sqs:eu-central-1", "arn:aws:sqs::1:name"})
  void aMessageThatDoesNotNameItsQueueComesAgainAllTheSame(String arn) {
    outside.objects().fails(503, "SlowDown");
    ObjectNode event = (ObjectNode) parse(received(1));
    ((ObjectNode) event.at("/Records/0")).put("eventSourceARN", arn);

    assertComesAgain(invoke(event.toString()));

    assertThat(outside.queue().hidden()).isEmpty();
  }

  @Test
  void whatCouldNotBePublishedWaitsToo() {
    outside.topic().fails();

    assertComesAgain(invoke(received(3)));

    assertThat(hidden().getInt("VisibilityTimeout")).isBetween(2160, 2700);
    assertRegisteredOnce();
  }

  @Test
  void whatNeedsAPersonDoesNotComeAgain() {
    outside.graph().refuses(400, 133016);
    invokeSample();
    outside.secrets().put(Sample.SECRET_ID, Sample.secret());

    assertDone(invoke(received(1)));

    assertThat(lastPublished().getString("reason")).isEqualTo("BLOCKED");
    assertThat(outside.queue().hidden()).isEmpty();
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @MethodSource("dev.numberferry.event.EnvelopeTest#envelopes")
  void aWrappedEventIsMigratedOnceFromTheQueueAndDirectly(UnaryOperator<String> envelope) {
    String wrapped = envelope.apply(Sample.event("direct.json"));

    assertDone(invoke(batch(wrapped)));
    invoke(wrapped).body("replayed", equalTo(true));

    assertThat(published().getString("status")).isEqualTo("MIGRATED");
    assertRegisteredOnce();
  }

  @Test
  void anInvocationThatSucceededIsNotMadeAgain() {
    invoke(EnvelopeTest.invocation("Success", Sample.event("direct.json"), "{}"));

    assertThat(published().getString("status")).isEqualTo("INVALID");
    assertThat(published().getString("error.message")).contains("that succeeded");
    assertNothingSent();
  }

  @Test
  void aFieldThatStandsTwiceInAMessageIsInvalid() {
    String twice =
        "{\"dryRun\": true, \"dryRun\": false, " + Sample.event("direct.json").strip().substring(1);

    invoke(batch(twice));
    invoke(batch(EnvelopeTest.snsMessage(twice)));

    assertThat(outside.topic().messages())
        .extracting(it -> it.body().getString("error.message"))
        .containsOnly("dryRun in the event stands twice")
        .hasSize(2);
    assertNothingSent();
  }

  @Test
  void aFailureOfWhatWasWrappedBringsTheMessageBack() {
    outside.objects().fails(503, "SlowDown");

    assertComesAgain(invoke(batch(EnvelopeTest.failed(Sample.event("direct.json")))));

    assertThat(published().getString("status")).isEqualTo("NOT_SENT");
  }

  @Test
  void aFailedInvocationSaysWhichFailureItIsAndHowItEnded() {
    outside.objects().fails(503, "SlowDown");
    assertFailed(invokeSample(), "NotSent", "NOT_SENT");

    outside.reset();
    outside.topic().fails();
    assertFailed(invokeSample(), "NotPublished", "MIGRATED");

    outside.reset();
    outside.ledger().fails("PutItem", "MIGRATED");
    assertFailed(invokeSample(), "NotRecorded", "MIGRATED");
  }

  private static void assertFailed(ValidatableResponse answer, String type, String status) {
    JsonPath result = failed(answer, type);
    assertThat(result.getString("status")).isEqualTo(status);
    assertThat(result.getString("phoneNumberId")).isEqualTo(Sample.NUMBER);
    assertThat(result.getMap("$")).containsKey("migrationId");
  }

  @Test
  void whoPutTheMessageOnTheQueueIsKeptInTheLedgerOnly() {
    invoke(Sample.event("sqs-migrations.json"));

    assertThat(newestAttempt().getString("sentBy")).isEqualTo("AIDAEXAMPLE");
    assertThat(newestAttempt().getMap("")).doesNotContainKey("requestedBy");
    assertThat(publishedText()).doesNotContain("AIDAEXAMPLE");
  }

  private static void assertDone(ValidatableResponse answer) {
    answer.statusCode(200).body("$", equalTo(Map.of("batchItemFailures", List.of())));
  }

  private static void assertComesAgain(ValidatableResponse answer) {
    answer.statusCode(200).body("batchItemFailures", hasSize(1));
  }

  /** How the one message that was hidden is hidden. */
  private JsonPath hidden() {
    assertThat(outside.queue().hidden()).hasSize(1);
    return outside.queue().hidden().get(0);
  }

  /** The sample's message, received so often. */
  private static String received(int times) {
    return received(times, Sample.event("direct.json"));
  }

  private static String received(int times, String body) {
    return message("message-0", times, body);
  }

  private static String batch(String... bodies) {
    ObjectNode event = sample("sqs-migrations.json");
    ObjectNode like = (ObjectNode) event.at("/Records/0");
    ArrayNode records = event.putArray("Records");
    for (int i = 0; i < bodies.length; i++) {
      records.add(like.deepCopy().put("messageId", "message-" + i).put("body", bodies[i]));
    }
    return event.toString();
  }
}
