package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static dev.numberferry.standin.GraphStandIn.error;
import static dev.numberferry.standin.GraphStandIn.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of WhatsApp's whose size or form is unusual, and what of them counts. */
@QuarkusTest
class UnusualAnswerTest extends FunctionTestBase {

  @ParameterizedTest
  @ValueSource(ints = {9_000, 12_000, 64 * 1024, 200_000})
  void anAnswerCountsHoweverLargeItsHeadersAre(int size) {
    outside.graph().answers(withHeaders(size, error(400, "{\"error\": {\"code\": 133005}}")));
    outside
        .graph()
        .looksAnswer(withHeaders(size, okJson(state("ON_PREMISE", "CONNECTED").toString())));

    answered(invokeSample()).body("status", equalTo("REJECTED"), "error.code", equalTo(133005));
    invokeSample().body("replayed", equalTo(true));
    outside.graph().moves(withHeaders(size, okJson("{\"success\": true}")));
    outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.PIN, "402816"));
    invokeSample().body("status", equalTo("MIGRATED"));
    assertThat(outside.graph().registers()).hasSize(2);
  }

  @Test
  void aBodyThatIsTooLargeIsToldAsThatWithItsStatus() {
    outside
        .graph()
        .answers(
            aResponse()
                .withStatus(502)
                .withHeader("X-FB-Trace-ID", "AbC")
                .withBody("<html>" + "x".repeat(3_000_000)));

    answered(invokeSample())
        .body(
            "status", equalTo("UNKNOWN"),
            "error.httpStatus", equalTo(502),
            "error.fbtraceId", equalTo("AbC"),
            "error.message",
                equalTo("WhatsApp's answer was not read to its end, as its body is over 1 MB"));
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\": {\"code\": 133005, \"message\": \"PIN\", \"more\": \"%s\"}}",
        "{\"errors\": [{\"code\": 133005, \"message\": \"PIN\", \"more\": \"%s\"}]}"
      })
  void aCodeCountsWhereItStandsBeforeTheEndOfWhatIsRead(String form) {
    outside.graph().refuses(400, form.formatted("x".repeat(3_000_000)));

    answered(invokeSample())
        .body(
            "status", equalTo("REJECTED"),
            "error.code", equalTo(133005),
            "error.httpStatus", equalTo(400),
            "harm", equalTo("LINE_DOWN"));
    assertRegisteredOnce();
  }

  @Test
  void aLookWhoseBodyIsTooLargeSendsNothing() {
    outside.graph().looksAnswer(okJson("{\"x\": \"" + "x".repeat(3_000_000) + "\"}"));

    JsonPath result = failed(invokeSample(), "NotSent");

    assertThat(result.getString("error.message")).contains("over 1 MB");
    assertThat(result.getInt("error.httpStatus")).isEqualTo(200);
    assertNothingSent();
  }

  @ParameterizedTest
  @CsvSource({
    "7200, {}",
    "7200, <html>",
    "7200, '{\"error\": {\"code\": 4}}'",
    "7200, '{\"error\": {\"code\": 2}}'"
  })
  void aLookThatIsToBeAskedLaterSaysWhen(String wait, String body) {
    outside
        .graph()
        .looksAnswer(aResponse().withStatus(429).withBody(body).withHeader("Retry-After", wait));
    Instant before = Instant.now();

    JsonPath result = failed(invokeSample(), "NotSent");

    assertThat(Instant.parse(result.getString("retryAfter")))
        .isBetween(before.plusSeconds(7199), Instant.now().plusSeconds(7201));
    assertThat(result.getString("nextStep")).contains("retryAfter");
    assertNothingSent();
  }

  @ParameterizedTest
  @CsvSource({
    "X-App-Usage, -9223372036854775808",
    "X-App-Usage, 9223372036854775808",
    "X-App-Usage, 1e300",
    "X-App-Usage, -1e300",
    "X-App-Usage, '\"NaN\"'",
    "X-Business-Use-Case-Usage, -9223372036854775808",
    "Retry-After, 999999999999999",
    "Retry-After, 99999999999999999999",
    "Retry-After, -9223372036854775808",
    "'Retry-After', 'Fri, 31 Dec 9999 23:59:59 GMT'"
  })
  void noHeaderDecidesWhatBecameOfTheCall(String header, String value) {
    String usage = header.endsWith("Usage") ? "{\"estimated_time_to_regain_access\": %s}" : "%s";
    outside
        .graph()
        .answers(okJson("{\"success\": true}").withHeader(header, usage.formatted(value)));

    answered(invokeSample()).body("status", equalTo("MIGRATED"));
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "1e300", "1000000"})
  void aWaitIsThreeDaysAtTheMost(String minutes) {
    outside
        .graph()
        .looksAnswer(
            aResponse()
                .withStatus(429)
                .withHeader(
                    "X-App-Usage", "{\"estimated_time_to_regain_access\": %s}".formatted(minutes)));
    Instant before = Instant.now();

    JsonPath result = failed(invokeSample(), "NotSent");

    assertThat(Instant.parse(result.getString("retryAfter")))
        .isBetween(before.plus(Duration.ofHours(71)), Instant.now().plus(Duration.ofHours(73)));
    assertNothingSent();
  }

  /** With headers of so many characters, in values as long as Meta's own. */
  private static ResponseDefinitionBuilder withHeaders(int size, ResponseDefinitionBuilder answer) {
    for (int i = 0; i * 5_000 < size; i++) {
      answer.withHeader("X-Usage-" + i, "u".repeat(Math.min(5_000, size - i * 5_000)));
    }
    return answer;
  }

  @Test
  void whatIsBlamedStandsInTheResult() {
    outside
        .graph()
        .refuses(
            400,
            """
            {"error": {"message": "Invalid parameter", "type": "OAuthException", "code": 100,
              "error_data": {"blame_field_specs": [["pin"]]}}}
            """);

    answered(invokeSample())
        .body(
            "status", equalTo("REJECTED"),
            "error.details", equalTo("blamed: pin"),
            "nextStep", containsString("PIN of this form"));
    assertRegisteredOnce();
  }

  @Test
  void aBackupThatIsNoLongerTakenIsSentForNoOtherNumber() {
    outside
        .graph()
        .refuses(
            400,
            """
            {"error": {"message": "The parameter backup is no longer supported", "code": 100}}
            """);

    answered(invokeSample())
        .body(
            "status", equalTo("REJECTED"),
            "nextStep", allOf(containsString("stop"), containsString("fbtraceId")));
    assertRegisteredOnce();
  }

  @Test
  void anAppThatIsBlockedSendsNothing() {
    outside
        .graph()
        .looksAnswer(
            error(
                400,
                """
                {"error": {"message": "API access blocked.", "type": "OAuthException", "code": 200}}
                """));

    answered(invokeSample())
        .body("status", equalTo("REJECTED"), "nextStep", containsString("App Dashboard"));
    assertNothingSent();
  }
}
