package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.event.EnvelopeTest;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A result that comes back as an event is passed over: where a way in is subscribed to the topic,
 * each answer would be the next event, for ever. An event that only speaks of a result is answered.
 */
@QuarkusTest
class ReturnedResultTest extends FunctionTestBase {

  private static final String RESULT = "a result of this program that came back as an event";
  private static final String REPORT = "a call of AWS that CloudTrail reports";

  static Stream<UnaryOperator<String>> waysBack() {
    return Stream.concat(
        Stream.of(
            UnaryOperator.identity(),
            ReturnedResultTest::text,
            ReturnedResultTest::batch,
            ReturnedResultTest::pipe,
            ReturnedResultTest::request,
            result -> "{\"specversion\": \"1.0\", \"data\": " + result + "}",
            result -> "[" + result + "]",
            result -> "[" + result + ", " + result + "]",
            result -> "{\"input\": " + result + "}",
            result -> EnvelopeTest.invocation("Success", "{}", "[" + result + "]"),
            result -> EnvelopeTest.invocation("Success", Sample.event("direct.json"), result),
            result -> EnvelopeTest.invocation("Success", result, "{\"passedOver\": \"\"}")),
        EnvelopeTest.envelopes());
  }

  @ParameterizedTest
  @MethodSource("waysBack")
  void aResultIsNotPublishedAgainHoweverItIsWrapped(UnaryOperator<String> envelope) {
    String result = invoke("{\"phoneNumberId\": \"1\"}").extract().asString();
    outside.reset();

    assertPassedOver(envelope.apply(result));
  }

  @ParameterizedTest
  @MethodSource("waysBack")
  void norIsOneThatIsWrappedMoreOften(UnaryOperator<String> envelope) {
    String result = invoke("{\"phoneNumberId\": \"1\"}").extract().asString();
    outside.reset();

    assertPassedOver(envelope.apply(EnvelopeTest.snsMessage(result)));
    assertPassedOver(EnvelopeTest.snsMessage(envelope.apply(result)));
    assertPassedOver(EnvelopeTest.snsMessage(EnvelopeTest.failed(envelope.apply(result))));
    assertPassedOver(
        EnvelopeTest.snsMessage(EnvelopeTest.snsMessage(EnvelopeTest.snsMessage(result))));
  }

  /** Of a text in JSON only the first quotes are the event's own. */
  static Stream<String> quotes() {
    String result =
        "{\"schemaVersion\": 1, \"migrationId\": \"3f98ab27\", \"status\": \"UNKNOWN\"}";
    return Stream.of(result, "The topic said " + result)
        .flatMap(
            it ->
                Stream.of(
                    sampleRetrying("none", it).replaceFirst("\\}$", ", \"dryrun\": true}"),
                    sample().put("note", it).toString(),
                    sample().put("secretId", it).toString(),
                    sample().put("phoneNumberId", it).toString(),
                    JSON.createObjectNode().put("note", it).toString(),
                    EnvelopeTest.snsMessage(sample().put("note", it).toString()),
                    sample().<ObjectNode>set("note", parse(result)).toString(),
                    JSON.createObjectNode().<ObjectNode>set("note", parse(result)).toString()));
  }

  @ParameterizedTest
  @MethodSource("quotes")
  void anEventThatQuotesAResultIsAnswered(String event) {
    assertThat(invoke(event).extract().<String>path("status")).isEqualTo("INVALID");
    assertThat(invoke(batch(event)).extract().<List<?>>path("batchItemFailures")).isEmpty();

    assertThat(publishedStatuses()).containsExactly("INVALID", "INVALID");
    assertNothingSent();
  }

  @Test
  void anEventInOneMessageWithAResultIsAnsweredAlone() {
    String result = invoke("{\"phoneNumberId\": \"1\"}").extract().asString();
    outside.reset();
    ObjectNode event = (ObjectNode) parse(EnvelopeTest.snsEvent(result));
    event
        .withArray("Records")
        .add(parse(EnvelopeTest.snsEvent(Sample.event("direct.json"))).at("/Records/0"));

    invoke(event.toString()).body("status", equalTo("MIGRATED"));

    assertThat(publishedStatuses()).containsExactly("MIGRATED");
    assertRegisteredOnce();
  }

  /** CloudTrail reports the publication of each answer, where its trail has SNS's data events. */
  @ParameterizedTest
  @MethodSource("waysBack")
  void norIsACallThatCloudTrailReportsAnswered(UnaryOperator<String> envelope) {
    String report = reportedPublish().toString();

    assertPassedOver(envelope.apply(report));
    assertPassedOver(EnvelopeTest.snsMessage(EnvelopeTest.snsMessage(envelope.apply(report))));
    assertPassedOver(envelope.apply(reportedPublish().get("detail").toString()));
  }

  @ParameterizedTest
  @CsvSource({
    "aws.signin, AWS Console Sign In via CloudTrail, ConsoleLogin",
    "aws.dynamodb, AWS API Call via CloudTrail, PutItem",
    "aws.kms, AWS Service Event via CloudTrail, RotateKey",
    "aws.s3, AWS API Call via CloudTrail, GetObject"
  })
  void norIsAnyOtherThatItReports(String source, String detailType, String eventName) {
    assertPassedOver(
        cloudTrail(eventName, Sample.KEY)
            .put("source", source)
            .put("detail-type", detailType)
            .toString());
  }

  @Test
  void anUploadThatCloudTrailReportsIsAnswered() {
    String report = cloudTrail("PutObject", Sample.KEY).toString();

    answered(invoke(report))
        .body("status", equalTo("INVALID"), "phoneNumberId", equalTo(Sample.NUMBER));
    assertThat(invoke(batch(report)).extract().<List<?>>path("batchItemFailures")).isEmpty();

    assertThat(publishedStatuses()).containsExactly("INVALID", "INVALID");
    assertNothingSent();
  }

  @Test
  void theAnswerNamesWhatWasPassedOver() {
    String result = invoke("{\"phoneNumberId\": \"1\"}").extract().asString();

    invoke(result).body("passedOver", equalTo(RESULT));
    invoke(reportedPublish().toString()).body("passedOver", equalTo(REPORT));
    ObjectNode both = (ObjectNode) parse(EnvelopeTest.snsEvent(result));
    both.withArray("Records")
        .add(parse(EnvelopeTest.snsEvent(reportedPublish().toString())).at("/Records/0"));
    invoke(both.toString()).body("passedOver", equalTo(RESULT + ", and " + REPORT));
  }

  private void assertPassedOver(String event) {
    ValidatableResponse batch = invoke(batch(event));
    batch.statusCode(200).body("$", equalTo(Map.of("batchItemFailures", List.of())));
    if (!parse(event).at("/Records/0").has("eventSource")) {
      invoke(event).body("keySet()", contains("passedOver"));
    }
    assertThat(outside.topic().messages()).isEmpty();
    assertNothingSent();
  }

  /** The JSON as a text, as a producer leaves it that writes JSON twice. */
  private static String text(String json) {
    return JSON.getNodeFactory().textNode(json).toString();
  }

  private static String batch(String body) {
    ObjectNode event = sample("sqs-migrations.json");
    ((ObjectNode) event.at("/Records/0")).put("body", body);
    return event.toString();
  }

  /** A batch as EventBridge Pipes hands it on. */
  private static String pipe(String body) {
    ArrayNode records = (ArrayNode) parse(batch(body)).path("Records");
    return records.toString();
  }

  private static String request(String body) {
    return sample("api-post.json").put("body", body).toString();
  }
}
