package dev.numberferry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.numberferry.domain.BrakeState;
import dev.numberferry.domain.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class BrakeItemTest {

  private static final Instant NOW = Instant.parse("2026-11-26T12:15:00Z");

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

  private final BrakeItem mapping = new BrakeItem(JSON);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "counting",
        "engaged-by-harm",
        "engaged-by-person",
        "engaged-by-person-during-harm",
        "released"
      })
  void whatEarlierVersionsWroteIsReadAndWrittenAsTheyDid(String name) throws IOException {
    JsonNode earlier = JSON.readTree(file(name));

    var item = mapping.write(mapping.read(Optional.of(item(earlier.toString(), "1"))), 7);

    assertThat(json(item).toString()).isEqualTo(earlier.toString());
    assertThat(item.get("format").n()).isEqualTo("1");
  }

  @Test
  void twoEngagementsAtOnceAreOfAFormatThatEarlierVersionsRefuse() throws IOException {
    BrakeState both =
        mapping
            .read(Optional.of(item(file("engaged-by-harm"), "1")))
            .engagedBy("Ada", "the list looks wrong", NOW, "ada's");

    var item = mapping.write(both, 7);

    assertThat(item.get("format").n()).isEqualTo("2");
    assertThat(mapping.read(Optional.of(item))).isEqualTo(both);
    var single = mapping.write(both.releasedBy("Bob", "why", NOW, Optional.of("ada's")), 8);
    assertThat(single.get("format").n()).isEqualTo("1");
    assertThat(json(single).has("alsoEngaged")).isFalse();
  }

  @Test
  void aReleaseIsReadAsEarlierVersionsReadItAndTellsWhatItReleased() throws IOException {
    BrakeState engaged = mapping.read(Optional.of(item(file("engaged-by-person"), "1")));
    String brakeId = engaged.brakeIds().get(0);

    var item = mapping.write(engaged.releasedBy("Bob", "why", NOW, Optional.of(brakeId)), 7);

    assertThat(item.get("format").n()).isEqualTo("1");
    assertThat(json(item).at("/released/brakeId").asText()).isEqualTo(brakeId);
    assertThat(json(item).at("/released/at").asText()).isEqualTo(NOW.toString());
  }

  @Test
  void whatWasReleasedUnheardIsKeptInTheFormatThatEarlierVersionsRead() throws IOException {
    BrakeState engaged =
        mapping.read(Optional.empty()).engagedBy("Ada", "the list looks wrong", NOW, "ada's");
    BrakeState released = engaged.releasedBy("Bob", "why", NOW, Optional.of("ada's"));

    var item = mapping.write(released, 7);

    assertThat(item.get("format").n()).isEqualTo("1");
    assertThat(json(item).at("/unheard/0/released/by").asText()).isEqualTo("Bob");
    assertThat(mapping.read(Optional.of(item))).isEqualTo(released);
    assertThat(json(mapping.write(released.published("ada's"), 8)).has("unheard")).isFalse();
  }

  @Test
  void aNewerFormatIsLeftAlone() {
    assertThatThrownBy(() -> mapping.read(Optional.of(item("{}", "3"))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer version");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | no JSON",
        "1 | null",
        "1 | {}",
        "1 | {\"harms\": []}",
        "1 | {\"harms\": [], \"releasedHarms\": [null]}",
        "'' | {\"harms\": [], \"releasedHarms\": []}",
        "1e999 | {\"harms\": [], \"releasedHarms\": []}",
        "99999999999 | {\"harms\": [], \"releasedHarms\": []}"
      })
  void whatNoVersionWroteCannotBeReadAndIsNotQuoted(String format, String brake) {
    assertThatThrownBy(() -> mapping.read(Optional.of(item(brake, format))))
        .isInstanceOf(StoreException.class)
        .hasMessage("the brake's state cannot be read")
        .hasNoCause();
  }

  private static String file(String name) throws IOException {
    return Files.readString(
        Path.of("src", "test", "resources", "entries-2026-11-26", "brake-" + name + ".json"));
  }

  private static Map<String, AttributeValue> item(String brake, String format) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("phoneNumberId", AttributeValue.fromS("#brake"));
    item.put("format", AttributeValue.fromN(format));
    item.put("revision", AttributeValue.fromN("6"));
    item.put("brake", AttributeValue.fromS(brake));
    return item;
  }

  private static JsonNode json(Map<String, AttributeValue> item) throws JsonProcessingException {
    return JSON.readTree(item.get("brake").s());
  }
}
