package dev.numberferry.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read from an answer as a whole, its headers included. */
class GraphResponseTest {

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
        "302 | <html> | false | true | false",
        "400 | [] | false | false | false",
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

  private static Response.ResponseBuilder response(int status, String body) {
    return Response.status(status).entity(body);
  }

  private static GraphResponse read(Response response) {
    return GraphResponse.read(response, GraphError.Call.LOOK, new SecretMasker(Stream.of()));
  }
}
