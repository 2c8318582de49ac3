package dev.numberferry.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.standin.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpRequestTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, ''",
        "'', ''",
        "&, ''",
        "dryRun=true, dryRun",
        "dryRun, dryRun",
        "dryRun=, dryRun",
        "=true, =true",
        "dry%52un=true&a=b&dryRun=false, 'dryRun,a'",
        "%zz=1, %zz",
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=1&X-Amz-Signature=a, ''",
        "X-Amz-Date=1&dryRun=true, dryRun",
        "Amz-Date=1, Amz-Date"
      })
  void aQuerysParametersAreToldByNameButForThoseOfASignature(String query, String names) {
    ObjectNode event = sample().put("rawQueryString", query);

    assertThat(String.join(",", parameters(event))).isEqualTo(names);
  }

  @Test
  void soAreThoseThatTheGatewayHasParsed() {
    ObjectNode event = sample();
    event.putObject("queryStringParameters").put("X-Amz-Security-Token", "t").put("dryRun", "true");
    event.remove("rawQueryString");

    assertThat(parameters(event)).containsExactly("dryRun");
    assertThat(parameters(event.put("rawQueryString", "dryRun=true"))).containsExactly("dryRun");
    assertThat(parameters(sample())).isEmpty();
  }

  @Test
  void whoAskedIsToldInWhatAQueueTakes() {
    ObjectNode event = sample();
    ((ObjectNode) event.path("requestContext"))
        .putObject("authorizer")
        .putObject("jwt")
        .putObject("claims")
        .put("sub", "night\u0000shift\uFFFF \uD83D\uDE42\uD83D");

    assertThat(HttpRequest.of(event).requestedBy()).contains("night?shift? \uD83D\uDE42?");
  }

  private static List<String> parameters(ObjectNode event) {
    return HttpRequest.of(event).parameters();
  }

  private static ObjectNode sample() {
    return (ObjectNode) Payload.of(Sample.event("api-post.json")).json();
  }
}
