package dev.numberferry.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read from an answer as a whole, its headers included. */
class GraphResponseTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private static final String SECRET = "V0FCS1VQ+number==";

  private static final String LIMIT = "{\"error\": {\"code\": 80008, \"message\": \"too many\"}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Business-Use-Case-Usage | {'106': [{'type': 'whatsapp',"
            + " 'estimated_time_to_regain_access': 19}]} | 19",
        "x-business-use-case-usage | {'1': [{'estimated_time_to_regain_access': 3},"
            + " {'estimated_time_to_regain_access': 40}], '2': [{'estimated_time_to_regain_access':"
            + " 7}]} | 40",
        "X-App-Usage | {'call_count': 100, 'estimated_time_to_regain_access': 12} | 12",
        "X-Business-Use-Case-Usage | {'1': [{'estimated_time_to_regain_access': '25'}]} | 25",
        "X-Business-Use-Case-Usage | {'1': [{'estimated_time_to_regain_access': 99999}]} | 4320",
        "X-Business-Use-Case-Usage | {'1': [{'estimated_time_to_regain_access':"
            + " 9223372036854775807}]} | 4320",
        "X-Business-Use-Case-Usage | {'1': [{'estimated_time_to_regain_access': 0}]} | 60",
        "X-Business-Use-Case-Usage | {'1': [{'estimated_time_to_regain_access': -5}]} | 60",
        "X-Business-Use-Case-Usage | {'1': [{'call_count': 100}]} | 60",
        "X-Business-Use-Case-Usage | no JSON | 60",
        "X-Other | {'1': [{'estimated_time_to_regain_access': 19}]} | 60"
      })
  void aRateLimitLastsAsLongAsTheHeadersSay(String name, String value, long minutes) {
    Response response = response(400, LIMIT).header(name, value.replace('\'', '"')).build();

    assertThat(read(response).failure().orElseThrow().retryAfter())
        .contains(Duration.ofMinutes(minutes));
  }

  @ParameterizedTest
  @CsvSource({
    "7200, PT2H",
    "120, PT2M",
    "2.128, PT2S",
    "999999999, PT72H",
    "'Sun, 22 Nov 2026 14:00:00 GMT', PT2H",
    "'Sun, 22 Nov 2026 11:00:00 GMT', PT1H",
    "0, PT1H",
    "-5, PT1H",
    "soon, PT1H"
  })
  void aWaitMayStandInTheHeaderThatHttpHasForIt(String value, Duration wait) {
    Response response = response(400, LIMIT).header("Retry-After", value).build();

    assertThat(read(response).failure().orElseThrow().retryAfter()).contains(wait);
  }

  @Test
  void ofSeveralWaitsTheLongestCounts() {
    Response response =
        response(400, LIMIT)
            .header("Retry-After", "60")
            .header("X-App-Usage", "{\"estimated_time_to_regain_access\": 12}")
            .build();

    assertThat(read(response).failure().orElseThrow().retryAfter())
        .contains(Duration.ofMinutes(12));
  }

  @Test
  void whatPassesMayAskForAWaitToo() {
    Response response =
        response(503, "{\"error\": {\"code\": 2}}").header("Retry-After", "120").build();

    assertThat(read(response).failure().orElseThrow().retryAfter()).contains(Duration.ofMinutes(2));
  }

  @ParameterizedTest
  @CsvSource({"X-FB-Trace-ID, AbCdEf", "x-fb-request-id, AbCdEf", "X-FB-Debug, 9cq0rbQ5R8=="})
  void aTraceIdIsTakenFromTheHeadersWhereTheJsonHasNone(String name, String id) {
    Response page = response(502, "<html>").header(name, id).build();
    Response json =
        response(400, "{\"error\": {\"code\": 1, \"fbtrace_id\": \"\"}}").header(name, id).build();
    Response own =
        response(400, "{\"error\": {\"code\": 1, \"fbtrace_id\": \"own\"}}")
            .header(name, id)
            .build();

    assertThat(read(page).undocumented().fbtraceId()).isEqualTo(id);
    assertThat(read(json).failure().orElseThrow().shown().fbtraceId()).isEqualTo(id);
    assertThat(read(own).failure().orElseThrow().shown().fbtraceId()).isEqualTo("own");
  }

  @Test
  void aTraceIdThatNamesACallCountsBeforeOneThatNamesAServer() {
    Response response =
        response(502, "")
            .header("X-FB-Debug", "debug")
            .header("X-FB-Rev", "1")
            .header("X-FB-Trace-ID", "trace")
            .build();

    assertThat(read(response).undocumented().fbtraceId()).isEqualTo("trace");
  }

  @Test
  void aTraceIdThatIsBlankIsNone() {
    Response response =
        response(502, "").header("X-FB-Trace-ID", " ").header("X-FB-Debug", "debug").build();

    assertThat(read(response).undocumented().fbtraceId()).isEqualTo("debug");
  }

  @Test
  void aTraceIdIsMasked() {
    Response response = response(502, "").header("X-FB-Trace-ID", SECRET).build();

    assertThat(read(response).undocumented().fbtraceId()).isEqualTo("***");
  }

  @Test
  void otherErrorsDoNotWaitForARateLimit() {
    Response response =
        response(400, "{\"error\": {\"code\": 133006}}")
            .header("X-App-Usage", "{\"estimated_time_to_regain_access\": 12}")
            .build();

    assertThat(read(response).failure().orElseThrow().retryAfter()).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"success\": true} | true | false | false",
        "204 | '' | true | false | false",
        "300 | <html> | false | true | false",
        "302 | <html> | false | true | false",
        "400 | [] | false | false | false",
        "500 | <html> | false | false | true",
        "502 | <html> | false | false | true"
      })
  void anAnswerIsKnownByItsStatus(
      int status, String body, boolean success, boolean redirect, boolean serverError) {
    GraphResponse answer = read(response(status, body).build());

    assertThat(answer.isSuccess()).isEqualTo(success);
    assertThat(answer.isRedirect()).isEqualTo(redirect);
    assertThat(answer.isServerError()).isEqualTo(serverError);
    assertThat(answer.json().isPresent()).isEqualTo(body.startsWith("{"));
    assertThat(answer.undocumented().httpStatus()).isEqualTo(status);
  }

  /** Of an error what is there as a whole counts, and nothing else of such an answer does. */
  @Test
  void whatWasNotReadToItsEndIsNoJsonAndSaysSo() {
    GraphResponse success = cut("{\"success\": true}");
    GraphResponse error = cut("{\"error\": {\"code\": 133005, \"message\": \"wro");

    assertThat(success.json()).isEmpty();
    assertThat(success.failure()).isEmpty();
    assertThat(success.undocumented().message()).contains("not read to its end");
    assertThat(error.failure().orElseThrow().shown().code()).isEqualTo(133005);
    assertThat(read(response(200, "[]").build()).undocumented().message())
        .contains("no documented form");
  }

  @Test
  void anAnswerIsPrintedWithoutItsBody() {
    assertThat(read(response(200, "{\"echo\": \"" + SECRET + "\"}").build()).toString())
        .contains("200")
        .doesNotContain(SECRET);
  }

  private static GraphResponse cut(String body) {
    return GraphResponse.read(
        new RawAnswer(200, Map.of(), body, false),
        GraphError.Call.REGISTER,
        new SecretMasker(Stream.of(SECRET)),
        NOW);
  }

  private static Response.ResponseBuilder response(int status, String body) {
    return Response.status(status).entity(body);
  }

  private static GraphResponse read(Response response) {
    return GraphResponse.read(
        RawAnswer.of(response), GraphError.Call.LOOK, new SecretMasker(Stream.of(SECRET)), NOW);
  }
}
