package dev.numberferry.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.InvalidInputException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonNamesTest {

  record Fields(String pin) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"pin\": \"1\"}",
        "\uFEFF{\"pin\": \"1\"}",
        "\u00EF\u00BB\u00BF{\"pin\": \"1\"}\r\n",
        "\u200B{\"pin\": \"1\"}\u0000"
      })
  void readsJsonWithAByteOrderMark(String text) {
    assertThat(read(text).path("pin").asText()).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{} {}", "{\"pin\": 1, \"pin\": 2}", "{\uFEFF}"})
  void readsNothingElse(String text) {
    assertThat(StrictJson.parse(text)).isEmpty();
  }

  @Test
  void aNameFromOutsideIsCutBeforeItIsInAMessage() {
    JsonNode json =
        new com.fasterxml.jackson.databind.ObjectMapper()
            .valueToTree(Map.of("x\uD800\n" + "y".repeat(300_000), 1));

    assertThatThrownBy(() -> StrictJson.bind(json, Fields.class, "the event"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("x??" + "y".repeat(97) + "… in the event is not a known field");
  }

  private static JsonNode read(String text) {
    return StrictJson.parse(text).orElseThrow();
  }
}
