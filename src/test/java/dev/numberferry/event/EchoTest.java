package dev.numberferry.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.support.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EchoTest {

  private static final String RESULT =
      "{\"schemaVersion\": 1, \"status\": \"MIGRATED\", \"migrationId\": \"m\"}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'schemaVersion': 1, 'status': 'S', 'migrationId': 'm'} | true",
        "{'schemaVersion': 1, 'status': 'S', 'brakeId': 'b'} | true",
        "{'schemaVersion': '1', 'status': 'S', 'migrationId': 'm'} | false",
        "{'schemaVersion': 1, 'status': 2, 'migrationId': 'm'} | false",
        "{'schemaVersion': 1, 'status': 'S', 'migrationId': 3} | false",
        "{'schemaVersion': 1, 'status': 'S'} | false",
        "[] | false",
        "{} | false"
      })
  void aResultIsKnownByItsFields(String event, boolean echo) {
    assertThat(echo(event.replace('\'', '"'))).isEqualTo(echo);
  }

  @Test
  void itIsOneHoweverItIsWrappedButNotBesideAnythingElse() {
    String text = quoted(RESULT);

    assertThat(echo(text)).isTrue();
    assertThat(echo("[" + RESULT + ", " + text + "]")).isTrue();
    assertThat(echo("[" + RESULT + ", {}]")).isFalse();
    assertThat(echo("{\"input\": " + text + "}")).isTrue();
    assertThat(echo("{\"input\": " + text + ", \"quotes\": 1}")).isFalse();
    assertThat(echo(request(RESULT))).isTrue();
    assertThat(echo("{\"Type\": \"Notification\", \"TopicArn\": \"t\", \"Message\": " + text + "}"))
        .isTrue();
  }

  /** Each text has as many values inside of each other again as one JSON may have. */
  @Test
  void manyTextsInsideOfEachOtherAreNoEchoAndDoNotFillTheStack() {
    String event = RESULT;
    for (int i = 0; i < 20; i++) {
      event = "{\"input\": ".repeat(90) + request(event) + "}".repeat(90);
    }

    assertThat(echo(event)).isFalse();
  }

  private static boolean echo(String event) {
    return Echo.of(StrictJson.parse(event).orElseThrow()).equals(Optional.of(Echo.RESULT));
  }

  private static String quoted(String json) {
    return "\"" + json.replace("\"", "\\\"") + "\"";
  }

  private static String request(String body) {
    return "{\"requestContext\": {\"http\": {}}, \"isBase64Encoded\": true, \"body\": \"%s\"}"
        .formatted(Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)));
  }
}
