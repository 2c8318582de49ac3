package dev.numberferry.function;

import static io.restassured.RestAssured.expect;
import static io.restassured.path.json.JsonPath.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.schema.HeldToDocs;
import dev.numberferry.standin.CallListener;
import dev.numberferry.standin.EventServer;
import dev.numberferry.standin.Sample;
import dev.numberferry.standin.StandIns;
import dev.numberferry.standin.TopicStandIn.Message;
import io.quarkus.test.common.QuarkusTestResource;
import io.restassured.builder.ResponseBuilder;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.ResponseSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Sends events through the function's own event server, with everything outside played. */
@QuarkusTestResource(StandIns.class)
abstract class FunctionTestBase implements HeldToDocs {

  /** Name of the secret with the token for numbers that have none of their own. */
  static final String SHARED = "whatsapp-shared-token";

  /** Another number than the sample's. */
  static final String OTHER_NUMBER = "206540352242922";

  static final ObjectMapper JSON = new ObjectMapper();

  /** The default of FERRY_LONGEST_RUN. */
  static final Duration LONGEST_RUN = Duration.ofSeconds(90);

  /** The name of a call that writes a claim. */
  static final String CLAIM = "DynamoDB.PutItem (claim)";

  StandIns outside;

  @BeforeEach
  void resetStandIns() {
    outside.reset();
  }

  /** Hands an event to the function: 200 is an invocation that ended normally, 500 any other. */
  static ValidatableResponse invoke(String event) {
    return EventServer.given().body(event).post().then();
  }

  static ValidatableResponse invokeSample() {
    return invoke(Sample.event("direct.json"));
  }

  /** The sample's event, to be changed. */
  static ObjectNode sample() {
    return sample("direct.json");
  }

  /** One of the event files, to be changed. */
  static ObjectNode sample(String file) {
    return (ObjectNode) parse(Sample.event(file));
  }

  /** The sample's event of another number, with the backup of that number. */
  static ObjectNode sampleOf(String number) {
    return (ObjectNode) parse(Sample.event("direct.json").replace(Sample.NUMBER, number));
  }

  /** The function keeps the token between tests; a refusal makes it forget. */
  void forgetSharedToken() {
    outside.secrets().put(SHARED, "forget");
    withoutOwnToken();
    outside.graph().refuses(401, 190);
    invokeSample();
    outside.reset();
  }

  /** There is a token for all numbers, which nobody has read yet, and no other. */
  void onlySharedToken(String token) {
    forgetSharedToken();
    outside.secrets().put(SHARED, token);
    withoutOwnToken();
  }

  /** The number's secret has no token of its own. */
  private void withoutOwnToken() {
    ObjectNode secret = (ObjectNode) parse(Sample.secret());
    secret.remove("accessToken");
    outside.secrets().put(Sample.SECRET_ID, secret.toString());
  }

  /** The sample's event with one more field. */
  static String sampleWith(String field, Object value) {
    return sample().set(field, JSON.valueToTree(value)).toString();
  }

  /** A batch with one message of the queue for migrations, received so often. */
  static String message(String id, int receives, String body) {
    ObjectNode batch = sample("sqs-migrations.json");
    ObjectNode message = (ObjectNode) batch.at("/Records/0");
    message.put("messageId", id).put("body", body);
    ((ObjectNode) message.path("attributes")).put("ApproximateReceiveCount", "" + receives);
    return batch.toString();
  }

  /** The sample's event with a retry by somebody who knows what the ledger knows. */
  String sampleRetrying(String reason) {
    return sampleRetrying(knownAttempt(), reason);
  }

  /** The sample's event with a retry. */
  static String sampleRetrying(String after, String reason) {
    return sampleWith("retry", Map.of("after", after, "reason", reason));
  }

  /** The sample's event with the retry that an answer carries, ready to be sent. */
  static String sampleRetrying(ValidatableResponse answer, String reason) {
    Map<String, String> retry = new HashMap<>(answer.extract().path("retry"));
    retry.put("reason", reason);
    return sampleWith("retry", retry);
  }

  /**
   * Leaves the ledger as a run does that called and published and could not record its result: with
   * the claim that stood there at the call, and nothing since.
   */
  void leaveAClaimBehind(Runnable run) {
    AtomicReference<Map<String, AttributeValue>> claim = new AtomicReference<>();
    outside
        .graph()
        .listener(
            new CallListener() {
              @Override
              public boolean arrived(Call call) {
                if (call.name().equals("POST register")) {
                  claim.set(outside.ledger().items().get(0));
                }
                return true;
              }

              @Override
              public void tookEffect(Call call) {}
            });
    run.run();
    outside.graph().listener(CallListener.NONE);
    outside.ledger().put(claim.get());
  }

  /** The claim of the one number that the ledger has is of a run that must be over. */
  void makeTheClaimStale() {
    Map<String, AttributeValue> item = new HashMap<>(outside.ledger().items().get(0));
    ObjectNode entry = (ObjectNode) parse(item.get("entry").s());
    ((ObjectNode) entry.at("/attempts/0")).put("claimedAt", "2026-01-01T00:00:00Z");
    item.put("entry", AttributeValue.fromS(entry.toString()));
    outside.ledger().put(item);
  }

  /** Sets back all times in the number's entry, as if everything had been longer ago. */
  void age(Duration by) {
    Map<String, AttributeValue> item = new HashMap<>(outside.ledger().items().get(0));
    ObjectNode entry = (ObjectNode) parse(item.get("entry").s());
    for (JsonNode attempt : entry.path("attempts")) {
      for (String time : new String[] {"claimedAt", "endedAt", "nextLook"}) {
        if (attempt.has(time)) {
          Instant earlier = Instant.parse(attempt.path(time).asText()).minus(by);
          ((ObjectNode) attempt).put(time, earlier.toString());
        }
      }
    }
    item.put("entry", AttributeValue.fromS(entry.toString()));
    item.computeIfPresent(
        "dueAt",
        (name, at) ->
            AttributeValue.fromN(String.valueOf(Long.parseLong(at.n()) - by.toSeconds())));
    outside.ledger().put(item);
  }

  /** Another writer has written since, and kept what was there. */
  void writeOver() {
    Map<String, AttributeValue> item = new HashMap<>(outside.ledger().items().get(0));
    long revision = Long.parseLong(item.get("revision").n());
    item.put("revision", AttributeValue.fromN(Long.toString(revision + 1)));
    item.put("writer", AttributeValue.fromS("another"));
    outside.ledger().put(item);
  }

  /** WhatsApp is no longer at work on the last call, for as long as a run may last. */
  void letTheLastCallBeOver() {
    age(LONGEST_RUN);
  }

  /**
   * Puts an entry into the ledger that another version of this program wrote, of the sample's
   * number, with the present versions of its secret and its backup.
   *
   * @param format the item's; null where it has none
   */
  void putEntry(String folder, String file, String format) {
    String secret = outside.secrets().put(Sample.SECRET_ID, Sample.secret());
    String object = outside.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());
    String entry =
        entryFile(folder, file).replace("$VERSION", secret).replace("old-version", object);
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("phoneNumberId", AttributeValue.fromS(Sample.NUMBER));
    item.put("revision", AttributeValue.fromN("7"));
    item.put("writer", AttributeValue.fromS("another version"));
    item.put("entry", AttributeValue.fromS(entry));
    if (format != null) {
      item.put("format", AttributeValue.fromN(format));
    }
    outside.ledger().put(item);
  }

  private static String entryFile(String folder, String name) {
    try {
      return Files.readString(Path.of("src", "test", "resources", folder, name + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a retry has to name: the newest attempt that may have called. */
  String knownAttempt() {
    String known = "none";
    for (var item : outside.ledger().items()) {
      for (JsonNode attempt : parse(item.get("entry").s()).path("attempts")) {
        String status = attempt.at("/result/status").asText("IN_PROGRESS");
        if (!List.of("NOT_SENT", "INVALID").contains(status)) {
          known = attempt.path("migrationId").asText() + "/" + status;
        }
      }
    }
    return known;
  }

  /** The invocation ended normally, and the topic took the same JSON as the invoker got. */
  ValidatableResponse answered(ValidatableResponse answer) {
    assertThat(answer.extract().statusCode()).as(answer.extract().asString()).isEqualTo(200);
    return answer.body("$", sameAs(published()));
  }

  /** The invocation failed in this way; its result, which stands in the error's message. */
  static JsonPath failed(ValidatableResponse answer, String errorType) {
    answer.statusCode(500).body("errorType", equalTo(errorType));
    return from(answer.extract().<String>path("errorMessage"));
  }

  /** The one result that was published. */
  JsonPath published() {
    return from(publishedText());
  }

  /** The same as it was sent. */
  String publishedText() {
    assertThat(outside.topic().messages()).hasSize(1);
    return outside.topic().messages().get(0).text();
  }

  /** A result that was published, the oldest being number 0. */
  JsonPath published(int number) {
    return outside.topic().messages().get(number).body();
  }

  /** The newest result that was published. */
  JsonPath lastPublished() {
    return published(outside.topic().messages().size() - 1);
  }

  /** The status of each message that the topic took. */
  List<Object> takenStatuses() {
    return outside.topic().taken().stream().map(Message::status).toList();
  }

  List<Object> publishedStatuses() {
    return outside.topic().messages().stream().map(Message::status).toList();
  }

  /** What API Gateway makes of a function's answer. */
  static ValidatableResponse response(HttpResponse.Wire answer) {
    ResponseBuilder response =
        new ResponseBuilder().setStatusCode(answer.statusCode()).setBody(answer.body());
    answer.headers().forEach(response::setHeader);
    return response.build().then();
  }

  /** A call that was held back, for this reason. */
  static ResponseSpecification withheld(String reason) {
    return expect().body("status", equalTo("WITHHELD"), "reason", equalTo(reason));
  }

  /** The same JSON, in whatever order its fields stand. */
  static Matcher<Object> sameAs(JsonPath json) {
    return equalTo(json.get());
  }

  /** The entry of the one number that the ledger has. */
  JsonPath entry() {
    assertThat(outside.ledger().items()).hasSize(1);
    return from(outside.ledger().items().get(0).get("entry").s());
  }

  /** The newest attempt of that number. */
  JsonPath newestAttempt() {
    return entry().setRootPath("attempts[-1]");
  }

  void assertNothingSent() {
    assertThat(outside.graph().registers()).isEmpty();
  }

  void assertRegisteredOnce() {
    assertThat(outside.graph().registers()).hasSize(1);
  }

  /** Counts a call that writes a claim. */
  static void count(CallListener.Call call, CountDownLatch claims) {
    if (call.name().equals(CLAIM)) {
      claims.countDown();
    }
  }

  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A call of S3 on an object in the bucket of backups, as CloudTrail reports it. */
  static ObjectNode cloudTrail(String eventName, String key) {
    ObjectNode event = sample("eventbridge.json");
    event.put("detail-type", "AWS API Call via CloudTrail");
    ObjectNode detail = event.putObject("detail");
    detail
        .put("eventVersion", "1.10")
        .put("eventTime", "2026-11-22T12:00:00Z")
        .put("eventSource", "s3.amazonaws.com")
        .put("eventName", eventName)
        .put("readOnly", false);
    detail.putObject("requestParameters").put("bucketName", Sample.BUCKET).put("key", key);
    return event;
  }

  /** The call of SNS that publishes an answer, as CloudTrail reports it. */
  static ObjectNode reportedPublish() {
    ObjectNode event = cloudTrail("Publish", Sample.KEY).put("source", "aws.sns");
    ((ObjectNode) event.get("detail")).put("eventSource", "sns.amazonaws.com");
    return event;
  }
}
