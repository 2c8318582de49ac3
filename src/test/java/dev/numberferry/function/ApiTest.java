package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.numberferry.standin.GraphStandIn.state;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.event.EnvelopeTest;
import dev.numberferry.event.Payload;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.Charset;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of an HTTP API. */
@QuarkusTest
class ApiTest extends FunctionTestBase {

  @Inject ApiFunction api;

  @Test
  void anotherKindOfEventIsNamed() {
    assertMigrationProblem(answer(parse(Sample.event("direct.json"))), 422, "INVALID");

    assertThat(published().at("/error/message").asText())
        .contains("api takes requests of an HTTP API");
    assertNothingSent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no JSON", "{\"phoneNumberId\": "})
  void aBodyThatIsNoJsonIs400(String body) {
    assertProblem(request("POST", "/migrations", body), 400);
    assertThat(outside.topic().messages()).isEmpty();
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
    HttpResponse.Wire answer = assertProblem(request(method, path, "{}"), status);

    assertThat(answer.headers().containsKey("allow")).isEqualTo(status == 405);
    assertNothingSent();
  }

  @Test
  void successIs200WithTheResult() {
    HttpResponse.Wire answer = answer(parse(Sample.event("api-post.json")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("content-type", "application/json");
    assertThat(parse(answer.body())).isEqualTo(published());
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE"})
  void aBodyInBase64IsTheSame(Charset charset) {
    ObjectNode event = (ObjectNode) parse(Sample.event("api-post.json"));
    byte[] body = event.path("body").asText().getBytes(charset);
    event.put("body", Base64.getEncoder().encodeToString(body)).put("isBase64Encoded", true);

    assertThat(answer(event).statusCode()).isEqualTo(200);
  }

  @Test
  void aStageIsNoPartOfThePath() {
    ObjectNode event = (ObjectNode) parse(Sample.event("api-post.json"));
    event.put("rawPath", "/prod/migrations");
    ((ObjectNode) event.path("requestContext")).put("stage", "prod");

    assertThat(answer(event).statusCode()).isEqualTo(200);
  }

  @Test
  void aMappingThatIsCalledLikeARouteIsNoPartOfThePath() {
    ObjectNode event = (ObjectNode) parse(Sample.event("api-get.json"));
    event
        .put("rawPath", "/migrations/brake")
        .put("routeKey", "GET /brake")
        .remove("pathParameters");

    assertThat(parse(answer(event).body()).path("state").asText()).isEqualTo("RELEASED");
  }

  @ParameterizedTest
  @CsvSource({
    "/ferry/migrations, ANY /migrations",
    "/a/b/migrations, POST /migrations",
    "/migrations/migrations, POST /migrations",
    "/prod/ferry/migrations, $default"
  })
  void theMappingOfACustomDomainIsNoPartOfThePath(String path, String routeKey) {
    ObjectNode event = (ObjectNode) parse(Sample.event("api-post.json"));
    event.put("rawPath", path).put("routeKey", routeKey);
    ((ObjectNode) event.at("/requestContext/http")).put("path", path);

    assertThat(answer(event).statusCode()).isEqualTo(200);
    assertRegisteredOnce();
  }

  @Test
  void aNumberIsFoundBehindAMappingAndInThePathParameters() {
    invokeSample();
    ObjectNode event = (ObjectNode) parse(Sample.event("api-get.json"));

    event.put("rawPath", "/ferry/migrations/" + Sample.NUMBER);
    assertThat(answer(event).statusCode()).isEqualTo(200);

    event.put("rawPath", "/ferry/migrations/%31" + Sample.NUMBER.substring(1));
    event.putObject("pathParameters").put("phoneNumberId", Sample.NUMBER);
    assertThat(answer(event).statusCode()).isEqualTo(200);
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
    ObjectNode event = (ObjectNode) parse(Sample.event("api-post.json"));
    ((ObjectNode) event.path("headers")).set(name, parse(value));

    assertThat(answer(event).statusCode()).isEqualTo(202);
    assertThat(outside.queue().sent()).hasSize(1);
    assertNothingSent();
  }

  @Test
  void aFieldThatStandsTwiceIsInvalid() {
    String body =
        "{\"dryRun\": true, \"dryRun\": false, " + Sample.event("direct.json").strip().substring(1);

    assertMigrationProblem(request("POST", "/migrations", body), 422, "INVALID");

    assertThat(published().at("/error/message").asText())
        .isEqualTo("dryRun in the event stands twice");
    assertNothingSent();
  }

  @Test
  void aResultThatComesBackIsRefusedAndNotPublished() {
    request("POST", "/migrations", "{\"phoneNumberId\": \"1\"}");
    String result = published().toString();
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
    ObjectNode event = (ObjectNode) parse(Sample.event("api-post.json"));
    ((ObjectNode) event.path("requestContext"))
        .set("authorizer", parse(authorizer.replace("'", "\"")));

    answer(event);

    assertThat(outside.ledger().items().toString()).contains("\"requestedBy\":\"" + who + "\"");
    assertThat(published().toString()).doesNotContain(who);
  }

  @Test
  void alreadyMigratedIs200() {
    outside.graph().tells(state("CLOUD_API", "CONNECTED"));

    assertThat(answer(parse(Sample.event("api-post.json"))).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"true, 200", "null, 422"})
  void aDryRunIs200Or422(String expectedNumber, int status) {
    ObjectNode event = (ObjectNode) parse(Sample.event("direct-dry-run.json"));
    if (status == 422) {
      event.put("expectedNumber", "+4930123456");
    }

    assertThat(request("POST", "/migrations", event.toString()).statusCode()).isEqualTo(status);
  }

  @Test
  void invalidIs422() {
    assertMigrationProblem(
        request("POST", "/migrations", "{\"phoneNumberId\": 1}"), 422, "INVALID");
  }

  @Test
  void rejectedIs502() {
    outside.graph().refuses(400, 133006);

    assertMigrationProblem(answer(parse(Sample.event("api-post.json"))), 502, "REJECTED");
  }

  @Test
  void unknownIs504() {
    outside.graph().answers(aResponse().withStatus(502));

    assertMigrationProblem(answer(parse(Sample.event("api-post.json"))), 504, "UNKNOWN");
  }

  @Test
  void withheldIs409() {
    outside.graph().tells(state("ON_PREMISE", "BANNED"));

    assertMigrationProblem(answer(parse(Sample.event("api-post.json"))), 409, "WITHHELD");
  }

  @Test
  void notSentIs503() {
    outside.objects().fails(503, "SlowDown");

    assertMigrationProblem(answer(parse(Sample.event("api-post.json"))), 503, "NOT_SENT");
  }

  @Test
  void aResultThatWasNotPublishedIs500WithTheResult() {
    outside.topic().fails();

    assertMigrationProblem(answer(parse(Sample.event("api-post.json"))), 500, "MIGRATED");
  }

  @Test
  void whoPrefersNotToWaitIsToldWhereToLook() {
    HttpResponse.Wire answer = answer(parse(Sample.event("api-post-async.json")));

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers()).containsEntry("location", "/migrations/" + Sample.NUMBER);
    assertThat(outside.queue().sent()).containsExactly(parse(Sample.event("direct.json")));
    assertNothingSent();
  }

  @Test
  void whatIsInvalidIsNotQueued() {
    ObjectNode event = (ObjectNode) parse(Sample.event("api-post-async.json"));

    assertMigrationProblem(answer(event.put("body", "{}")), 422, "INVALID");
    assertThat(outside.queue().sent()).isEmpty();
  }

  @Test
  void aBackupInsideIsNotQueued() {
    ObjectNode body = (ObjectNode) parse(Sample.event("direct.json"));
    body.putObject("backup").put("data", Sample.BACKUP);
    ObjectNode event = (ObjectNode) parse(Sample.event("api-post-async.json"));

    assertMigrationProblem(answer(event.put("body", body.toString())), 422, "INVALID");
    assertThat(outside.queue().sent()).isEmpty();
  }

  @Test
  void theLedgersEntryIsTheAnswerToAGet() {
    invokeSample();

    HttpResponse.Wire answer = answer(parse(Sample.event("api-get.json")));

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode history = parse(answer.body());
    assertThat(history.path("phoneNumberId").asText()).isEqualTo(Sample.NUMBER);
    assertThat(history.path("state").asText()).isEqualTo("MIGRATED");
    assertThat(history.at("/attempts/0/result/status").asText()).isEqualTo("MIGRATED");
  }

  private HttpResponse.Wire answer(JsonNode event) {
    return api.api(Payload.of(event));
  }

  private HttpResponse.Wire request(String method, String path, String body) {
    ObjectNode event = (ObjectNode) parse(Sample.event("api-post.json"));
    event.put("rawPath", path).put("routeKey", "$default").put("body", body);
    ((ObjectNode) event.at("/requestContext/http")).put("method", method);
    return answer(event);
  }

  private static HttpResponse.Wire assertProblem(HttpResponse.Wire answer, int status) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
    assertThat(parse(answer.body()).path("status").asInt()).isEqualTo(status);
    return answer;
  }

  private static void assertMigrationProblem(HttpResponse.Wire answer, int status, String result) {
    assertProblem(answer, status);
    assertThat(parse(answer.body()).at("/migration/status").asText()).isEqualTo(result);
  }
}
