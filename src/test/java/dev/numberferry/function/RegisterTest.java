package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static io.restassured.path.json.JsonPath.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasLength;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes to WhatsApp, and what becomes of each answer. */
@QuarkusTest
class RegisterTest extends FunctionTestBase {

  @ParameterizedTest
  @MethodSource
  void withoutAnAnswerThatCanBeReliedOnTheOutcomeIsUnknown(ResponseDefinitionBuilder answer) {
    outside.graph().answers(answer);

    answered(invokeSample())
        .body(
            "status", equalTo("UNKNOWN"),
            "error.message", not(emptyOrNullString()),
            "platformType", equalTo("ON_PREMISE"),
            "nextStep", containsString("has not moved"));
    assertRegisteredOnce();
  }

  static Stream<ResponseDefinitionBuilder> withoutAnAnswerThatCanBeReliedOnTheOutcomeIsUnknown() {
    return Stream.of(
        okJson("{\"success\": true}").withFixedDelay(3_000),
        aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
        aResponse().withFault(Fault.EMPTY_RESPONSE),
        aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK),
        aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE),
        okJson("{\"success\": true}").withChunkedDribbleDelay(10, 6_000),
        aResponse().withStatus(502).withHeader("Content-Type", "text/html").withBody("<html>502"),
        aResponse().withStatus(500).withBody("{\"success\": false}"),
        temporaryRedirect("/v25.0/106540352242922/register"),
        aResponse().withStatus(302).withBody("{\"success\": true}"),
        aResponse().withStatus(204),
        okJson(""),
        okJson("{}"),
        okJson("[true]"),
        okJson("{\"success\": null}"),
        okJson("{\"success\": \"perhaps\"}"),
        okJson("{\"success\": true, \"error\": {\"message\": \"no code\"}}"),
        aResponse().withStatus(400).withBody("{\"error\": \"no object\"}"));
  }

  @ParameterizedTest
  @CsvSource({
    "400, 133005, REJECTED",
    "400, 133008, REJECTED",
    "400, 133009, REJECTED",
    "403, 131031, REJECTED",
    "400, 133016, REJECTED",
    "400, 133015, REJECTED",
    "400, 133006, REJECTED",
    "400, 133010, REJECTED",
    "500, 133000, REJECTED",
    "503, 133004, UNKNOWN",
    "401, 0, REJECTED",
    "401, 190, REJECTED",
    "500, 3, REJECTED",
    "403, 10, REJECTED",
    "403, 200, REJECTED",
    "403, 299, REJECTED",
    "403, 368, REJECTED",
    "403, 131005, REJECTED",
    "400, 33, REJECTED",
    "404, 803, REJECTED",
    "422, 100, REJECTED",
    "400, 131008, REJECTED",
    "400, 131009, REJECTED",
    "500, 131045, REJECTED",
    "429, 4, REJECTED",
    "400, 80007, REJECTED",
    "400, 130429, REJECTED",
    "400, 80008, REJECTED",
    "429, 17, REJECTED",
    "401, 104, REJECTED",
    "400, 1, UNKNOWN",
    "400, 2, UNKNOWN",
    "400, 131000, UNKNOWN",
    "400, 131016, UNKNOWN",
    "400, 131057, UNKNOWN",
    "400, 424242, REJECTED",
    "500, 424242, UNKNOWN"
  })
  void everyCodeHasItsStatus(int httpStatus, int code, String status) {
    outside.graph().refuses(httpStatus, code);

    answered(invokeSample())
        .body(
            "status", equalTo(status),
            "error.code", equalTo(code),
            "error.httpStatus", equalTo(httpStatus),
            "nextStep", endsWith("."));
    assertRegisteredOnce();
  }

  @Test
  void aPassingErrorThatIsNotDocumentedIsUnknown() {
    outside.graph().refuses(400, "{\"error\": {\"code\": 424242, \"is_transient\": true}}");

    answered(invokeSample()).body("status", equalTo("UNKNOWN"));
  }

  @Test
  void anErrorIsShownAsItCame() {
    outside
        .graph()
        .refuses(
            400,
            """
            {"error": {"message": "(#133005) Two-step verification PIN mismatch",
              "type": "OAuthException", "code": 133005, "error_subcode": 2388055,
              "fbtrace_id": "AbCdEfGh1",
              "error_data": {"messaging_product": "whatsapp", "details": "PIN does not match"}}}
            """);

    answered(invokeSample())
        .body(
            "error",
            sameAs(
                from(
                    """
                    {"code": 133005, "subcode": 2388055, "type": "OAuthException",
                     "message": "(#133005) Two-step verification PIN mismatch",
                     "details": "PIN does not match", "fbtraceId": "AbCdEfGh1", "httpStatus": 400}
                    """)));
  }

  @Test
  void aWaitThatStandsInATextOfJsonIsShown() {
    outside
        .graph()
        .refuses(
            400,
            """
            {"error": {"message": "(#133008) too many guesses", "code": "133008",
              "error_user_title": "Locked",
              "error_data": "{\\"messaging_product\\": \\"whatsapp\\", \\"details\\": \\"in 12 hours\\"}"}}
            """);

    answered(invokeSample())
        .body(
            "error.code", equalTo(133008),
            "error.details", equalTo("in 12 hours; Locked"));
  }

  @ParameterizedTest
  @CsvSource({"80008, 19", "4, 4320"})
  void aRateLimitIsRejectedAndThenBlocksUntilItIsOver(int code, long minutes) {
    outside
        .graph()
        .answers(
            GraphStandIn.error(400, "{\"error\": {\"code\": " + code + "}}")
                .withHeader(
                    "X-Business-Use-Case-Usage",
                    "{\"1\": [{\"estimated_time_to_regain_access\": " + minutes + "}]}"));
    Instant before = Instant.now();

    ValidatableResponse result = answered(invokeSample());
    outside.secrets().put(Sample.SECRET_ID, Sample.secret());
    ValidatableResponse next = invokeSample();

    result.body("status", equalTo("REJECTED"));
    String over = result.extract().path("retryAfter");
    assertThat(Instant.parse(over))
        .isAfter(before.plus(Duration.ofMinutes(minutes)).minusSeconds(2));
    next.body(
        "reason", equalTo("BLOCKED"),
        "until", equalTo(over));
    assertRegisteredOnce();
  }

  @Test
  void whatMetaEchoesOfASecretIsMasked() {
    ObjectNode error =
        JSON.createObjectNode()
            .put("code", 100)
            .put("message", "pin %s and password %s".formatted(Sample.PIN, Sample.PASSWORD))
            .put("error_user_msg", "data " + Sample.BACKUP.substring(0, 30) + "...")
            .put("fbtrace_id", Sample.TOKEN);
    outside.graph().refuses(400, JSON.createObjectNode().set("error", error).toString());

    answered(invokeSample())
        .body(
            "error.message", equalTo("pin *** and password ***"),
            "error.details", equalTo("data ***"),
            "error.fbtraceId", equalTo("***"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"success\": false}", "{\"success\": \"false\"}"})
  void successFalseIsARefusal(String body) {
    outside.graph().answers(okJson(body));

    answered(invokeSample()).body("status", equalTo("REJECTED"));
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"success\": true}", "{\"success\": \"true\"}"})
  void successMovesTheNumber(String body) {
    outside.graph().answers(okJson(body));

    answered(invokeSample())
        .body(
            "status", equalTo("MIGRATED"),
            "$", not(hasKey("error")));
    assertRegisteredOnce();
  }

  @Test
  void sendsTheDocumentedRequest() {
    answered(invokeSample());

    LoggedRequest sent = outside.graph().registers().get(0);
    assertThat(sent.getMethod().getName()).isEqualTo("POST");
    assertThat(sent.getUrl()).isEqualTo("/v25.0/" + Sample.NUMBER + "/register");
    assertThat(sent.getHeader("Authorization")).isEqualTo("Bearer " + Sample.TOKEN);
    assertThat(sent.getHeader("Content-Type")).isEqualTo("application/json");
    assertThat(parse(sent.getBodyAsString())).isEqualTo(Sample.registerBody());
  }

  @Test
  void sendsOverAConnectionOfItsOwnAndLooksOverOnesThatAreKept() {
    answered(invokeSample());

    assertThat(outside.graph().registers().get(0).getHeader("Connection")).isEqualTo("close");
    assertThat(outside.graph().looks())
        .isNotEmpty()
        .noneMatch(look -> look.containsHeader("Connection"));
  }

  @Test
  void sendsTheRegionWhereTheEventAsksForIt() {
    answered(invoke(sample().put("dataLocalizationRegion", "DE").toString()));

    String sent = outside.graph().registers().get(0).getBodyAsString();
    assertThat(parse(sent)).isEqualTo(Sample.registerBody().put("data_localization_region", "DE"));
  }

  @Test
  void theResultSaysWhichRunItWasAndWhatItRead() {
    String version = outside.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());

    answered(invokeSample())
        .body(
            "schemaVersion", equalTo(1),
            "migrationId", hasLength(36),
            "phoneNumberId", equalTo(Sample.NUMBER),
            "backup",
                equalTo(Map.of("bucket", Sample.BUCKET, "key", Sample.KEY, "versionId", version)),
            "startedAt", matchesRegex("20.*Z"),
            "finishedAt", matchesRegex("20.*Z"),
            "durationMs", instanceOf(Integer.class));
  }

  @Test
  void subscribersCanFilterByStatusUrgencyHarmAndNumber() {
    outside.graph().refuses(400, 133005);

    answered(invokeSample());

    assertThat(outside.topic().messages().get(0).attributes())
        .containsOnly(
            Map.entry("status", "REJECTED"),
            Map.entry("urgency", "now"),
            Map.entry("harm", "LINE_DOWN"),
            Map.entry("phoneNumberId", Sample.NUMBER));
  }
}
