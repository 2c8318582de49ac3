package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.numberferry.standin.GraphStandIn.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.event.EnvelopeTest;
import dev.numberferry.event.Payload;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of an HTTP API. */
@QuarkusTest
class ApiTest extends FunctionTestBase {

  private static final String CALLER = "arn:aws:iam::123456789012:user/ops";

  @Inject ApiFunction api;

  @Test
  void anotherKindOfEventIsNamed() {
    assertMigrationProblem(answer(sample("direct.json")), 422, "INVALID");

    assertThat(published().getString("error.message"))
        .contains("api takes requests of an HTTP API");
    assertNothingSent();
  }

  @ParameterizedTest
  @CsvSource({
    "s3-put.json, an S3 notification",
    "sqs-uploads.json, a batch of queue messages",
    "eventbridge.json, an EventBridge event"
  })
  void aBodyOfAnotherKindIsNamed(String file, String kind) {
    assertMigrationProblem(request("POST", "/migrations", sample(file).toString()), 422, "INVALID");

    assertThat(published().getString("error.message"))
        .isEqualTo("the event is " + kind + ", and POST /migrations takes a migration event");
    assertNothingSent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no JSON", "{\"phoneNumberId\": "})
  void aBodyThatIsNoJsonIs400(String body) {
    assertProblem(request("POST", "/migrations", body), 400);
    assertThat(outside.topic().messages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"dryRun=true, dryRun", "X-Amz-Date=1&%64ryRun=true, dryRun", "a=1&b, 'a, b'"})
  void aWishInTheQueryIs400ByName(String query, String names) {
    assertProblem(answer(sample("api-post.json").put("rawQueryString", query)), 400)
        .body("title", equalTo("The query has " + names));

    assertThat(outside.topic().messages()).isEmpty();
    assertNothingSent();
  }

  @Test
  void aQueryOfASignatureAndOneOfAGetAreTaken() {
    answer(sample("api-post.json").put("rawQueryString", "X-Amz-Date=1&X-Amz-Signature=a"))
        .statusCode(200);
    answer(sample("api-get.json").put("rawQueryString", "pretty=true")).statusCode(200);
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /, 404",
    "GET, /other, 404",
    "POST, /migrationsx, 404",
    "GET, /migrations, 405",
    "DELETE, /migrations, 405",
    "POST, /migrations/106540352242922, 405",
    "GET, /migrations/, 404",
    "GET, /migrations/123, 404",
    "GET, /migrations/106540352242922/x, 404",
    "GET, /migrations/106540352242922, 404"
  })
  void whatIsNotThereIsNotFoundOrNotAllowed(String method, String path, int status) {
    assertProblem(request(method, path, "{}"), status)
        .header("allow", status == 405 ? not(emptyOrNullString()) : nullValue());
    assertNothingSent();
  }

  @Test
  void successIs200WithTheResult() {
    answer(sample("api-post.json"))
        .statusCode(200)
        .header("content-type", "application/json")
        .body("$", sameAs(published()));
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE"})
  void aBodyInBase64IsTheSame(Charset charset) {
    ObjectNode event = sample("api-post.json");
    byte[] body = event.path("body").asText().getBytes(charset);
    event.put("body", Base64.getEncoder().encodeToString(body)).put("isBase64Encoded", true);

    answer(event).statusCode(200);
  }

  @Test
  void aStageIsNoPartOfThePath() {
    ObjectNode event = sample("api-post.json");
    event.put("rawPath", "/prod/migrations");
    ((ObjectNode) event.path("requestContext")).put("stage", "prod");

    answer(event).statusCode(200);
  }

  @Test
  void aMappingThatIsCalledLikeARouteIsNoPartOfThePath() {
    ObjectNode event = sample("api-get.json");
    event
        .put("rawPath", "/migrations/brake")
        .put("routeKey", "GET /brake")
        .remove("pathParameters");

    answer(event).body("state", equalTo("RELEASED"));
  }

  @ParameterizedTest
  @CsvSource({
    "/ferry/migrations, ANY /migrations",
    "/a/b/migrations, POST /migrations",
    "/migrations/migrations, POST /migrations",
    "/prod/ferry/migrations, $default"
  })
  void theMappingOfACustomDomainIsNoPartOfThePath(String path, String routeKey) {
    ObjectNode event = sample("api-post.json");
    event.put("rawPath", path).put("routeKey", routeKey);
    ((ObjectNode) event.at("/requestContext/http")).put("path", path);

    answer(event).statusCode(200);
    assertRegisteredOnce();
  }

  @Test
  void aNumberIsFoundBehindAMappingAndInThePathParameters() {
    invokeSample();
    ObjectNode event = sample("api-get.json");

    event.put("rawPath", "/ferry/migrations/" + Sample.NUMBER);
    answer(event).statusCode(200);

    event.put("rawPath", "/ferry/migrations/%31" + Sample.NUMBER.substring(1));
    event.putObject("pathParameters").put("phoneNumberId", Sample.NUMBER);
    answer(event).statusCode(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Prefer | \"respond-async\"",
        "PREFER | \"wait=10, Respond-Async\"",
        "prefer | \"handling=lenient;foo, respond-async; wait=5\"",
        "Prefer | [\"wait=10\", \"respond-async\"]",
      })
  void aHeaderIsFoundWhateverTheCaseOfItsName(String name, String value) {
    ObjectNode event = sample("api-post.json");
    ((ObjectNode) event.path("headers")).set(name, parse(value));

    answer(event).statusCode(202);
    assertThat(outside.queue().sent()).hasSize(1);
    assertNothingSent();
  }

  @Test
  void aFieldThatStandsTwiceIsInvalid() {
    String body =
        "{\"dryRun\": true, \"dryRun\": false, " + Sample.event("direct.json").strip().substring(1);

    assertMigrationProblem(request("POST", "/migrations", body), 422, "INVALID");

    assertThat(published().getString("error.message"))
        .isEqualTo("dryRun in the event stands twice");
    assertNothingSent();
  }

  @Test
  void aResultThatComesBackIsRefusedAndNotPublished() {
    request("POST", "/migrations", "{\"phoneNumberId\": \"1\"}");
    String result = publishedText();
    outside.reset();

    assertProblem(request("POST", "/migrations", result), 422);
    assertProblem(answer(parse(EnvelopeTest.snsEvent(result))), 422);

    assertThat(outside.topic().messages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'iam': {'userArn': 'arn:aws:iam::123456789012:user/ops'}} |"
            + " arn:aws:iam::123456789012:user/ops",
        "{'jwt': {'claims': {'sub': 'night-shift'}}} | night-shift"
      })
  void whoAskedIsKeptInTheLedgerOnly(String authorizer, String who) {
    ObjectNode event = sample("api-post.json");
    ((ObjectNode) event.path("requestContext"))
        .set("authorizer", parse(authorizer.replace("'", "\"")));

    answer(event);

    assertThat(outside.ledger().items().toString()).contains("\"requestedBy\":\"" + who + "\"");
    assertThat(publishedText()).doesNotContain(who);
  }

  @Test
  void noCallerIsToldWhoElseAsked() {
    outside.resetToAnyNumber();
    ObjectNode event = sample("api-post.json");
    ((ObjectNode) event.path("requestContext")).set("authorizer", signedBy(CALLER));
    answer(event);
    outside.graph().reset();
    invoke(Sample.event("sqs-migrations.json").replace(Sample.NUMBER, OTHER_NUMBER));
    assertThat(outside.ledger().items().toString()).contains(CALLER, "AIDAEXAMPLE");

    for (String number : List.of(Sample.NUMBER, OTHER_NUMBER)) {
      request("GET", "/migrations/" + number, "")
          .statusCode(200)
          .body("attempts[0]", hasKey("migrationId"))
          .body("attempts[0]", not(hasKey("requestedBy")))
          .body("attempts[0]", not(hasKey("sentBy")));
    }
  }

  @Test
  void noCallerIsToldWhoAskedBeforeThisVersion() {
    putEntry("entries-2026-11-26", "future-upload-called", "2");
    assertThat(newestAttempt().getString("requestedBy")).isEqualTo("AWS:AIDAEXAMPLE");

    String told = answer(sample("api-get.json")).statusCode(200).extract().asString();

    assertThat(told).contains("attempts").doesNotContain("AIDAEXAMPLE");
  }

  /** What the API's caller says of itself travels beside what SQS knows of who sent it. */
  @Test
  void whoPrefersNotToWaitIsKeptBesideWhoPutItOnTheQueue() {
    ObjectNode request = sample("api-post-async.json");
    ((ObjectNode) request.path("requestContext")).set("authorizer", signedBy(CALLER));

    answer(request).statusCode(202);

    assertThat(outside.queue().attributes()).containsExactly(Map.of("requestedBy", CALLER));
    invoke(asReceived(outside.queue().sent().get(0), outside.queue().attributes().get(0)));
    assertThat(newestAttempt().getString("requestedBy")).isEqualTo(CALLER);
    assertThat(newestAttempt().getString("sentBy")).isEqualTo("AIDAEXAMPLE");
    assertThat(publishedText()).doesNotContain(CALLER, "AIDAEXAMPLE");
    assertRegisteredOnce();
  }

  @Test
  void whereNobodyToldWhoAsksTheMessageSaysNothingOfIt() {
    answer(sample("api-post-async.json")).statusCode(202);

    assertThat(outside.queue().attributes()).containsExactly(Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/brake", "/migrations/106540352242922"})
  void aTableThatIsNoLedgerIsNamed(String path) {
    outside.ledger().isAnotherTable();

    assertProblem(request("GET", path, ""), 503)
        .body("title", equalTo("table number-ferry-ledger has another key than a ledger"));
  }

  private static JsonNode signedBy(String arn) {
    return parse("{\"iam\": {\"userArn\": \"%s\"}}".formatted(arn));
  }

  /** A message as Lambda's event source hands it over. */
  private static String asReceived(String body, Map<String, String> attributes) {
    ObjectNode event = sample("sqs-migrations.json");
    ObjectNode message = (ObjectNode) event.at("/Records/0");
    ObjectNode received = message.put("body", body).putObject("messageAttributes");
    attributes.forEach(
        (name, value) ->
            received.putObject(name).put("stringValue", value).put("dataType", "String"));
    return event.toString();
  }

  @Test
  void alreadyMigratedIs200() {
    outside.graph().tells(state("CLOUD_API", "CONNECTED"));

    answer(sample("api-post.json")).statusCode(200);
  }

  @ParameterizedTest
  @CsvSource({"true, 200", "null, 422"})
  void aDryRunIs200Or422(String expectedNumber, int status) {
    ObjectNode event = sample("direct-dry-run.json");
    if (status == 422) {
      event.put("expectedNumber", "+4930123456");
    }

    request("POST", "/migrations", event.toString()).statusCode(status);
  }

  @Test
  void invalidIs422() {
    assertMigrationProblem(
        request("POST", "/migrations", "{\"phoneNumberId\": 1}"), 422, "INVALID");
  }

  @Test
  void rejectedIs502() {
    outside.graph().refuses(400, 133006);

    assertMigrationProblem(answer(sample("api-post.json")), 502, "REJECTED");
  }

  @Test
  void unknownIs504() {
    outside.graph().answers(aResponse().withStatus(502));

    assertMigrationProblem(answer(sample("api-post.json")), 504, "UNKNOWN");
  }

  @Test
  void withheldIs409() {
    outside.graph().tells(state("ON_PREMISE", "BANNED"));

    assertMigrationProblem(answer(sample("api-post.json")), 409, "WITHHELD");
  }

  @Test
  void notSentIs503() {
    outside.objects().fails(503, "SlowDown");

    assertMigrationProblem(answer(sample("api-post.json")), 503, "NOT_SENT");
  }

  @Test
  void aResultThatWasNotPublishedIs500WithTheResult() {
    outside.topic().fails();

    assertMigrationProblem(answer(sample("api-post.json")), 500, "MIGRATED");
  }

  @Test
  void whoPrefersNotToWaitIsToldWhereToLook() {
    answer(sample("api-post-async.json"))
        .statusCode(202)
        .header("location", "/migrations/" + Sample.NUMBER);

    assertThat(outside.queue().sent())
        .extracting(FunctionTestBase::parse)
        .containsExactly(sample());
    assertNothingSent();
  }

  @Test
  void whatIsInvalidIsNotQueued() {
    ObjectNode event = sample("api-post-async.json");

    assertMigrationProblem(answer(event.put("body", "{}")), 422, "INVALID");
    assertThat(outside.queue().sent()).isEmpty();
  }

  @Test
  void aBackupInsideIsNotQueued() {
    ObjectNode body = sample();
    body.putObject("backup").put("data", Sample.BACKUP);
    ObjectNode event = sample("api-post-async.json");

    assertMigrationProblem(answer(event.put("body", body.toString())), 422, "INVALID");
    assertThat(outside.queue().sent()).isEmpty();
  }

  @Test
  void theLedgersEntryIsTheAnswerToAGet() {
    invokeSample();

    answer(sample("api-get.json"))
        .statusCode(200)
        .body(
            "phoneNumberId", equalTo(Sample.NUMBER),
            "state", equalTo("MIGRATED"),
            "attempts[0].result.status", equalTo("MIGRATED"));
  }

  private ValidatableResponse answer(JsonNode event) {
    return response(api.api(Payload.of(event)));
  }

  private ValidatableResponse request(String method, String path, String body) {
    ObjectNode event = sample("api-post.json");
    event.put("rawPath", path).put("routeKey", "$default").put("body", body);
    ((ObjectNode) event.at("/requestContext/http")).put("method", method);
    return answer(event);
  }

  private static ValidatableResponse assertProblem(ValidatableResponse answer, int status) {
    return answer
        .statusCode(status)
        .header("content-type", "application/problem+json")
        .body("status", equalTo(status));
  }

  private static void assertMigrationProblem(
      ValidatableResponse answer, int status, String result) {
    assertProblem(answer, status).body("migration.status", equalTo(result));
  }
}
