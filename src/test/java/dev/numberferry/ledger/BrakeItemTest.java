package dev.numberferry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
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

  /** What is left out is null: then nothing could be counted, or released, for ever. */
  @ParameterizedTest
  @CsvSource({
    "counting, /harms/0, migrationId",
    "counting, /harms/1, phoneNumberId",
    "counting, /harms/1, harm",
    "counting, /harms/0, at",
    "released, /releasedHarms/0, migrationId",
    "released, /releasedHarms/2, at",
    "released, /released, at",
    "released, /released, reason",
    "released, /released, by",
    "engaged-by-harm, /engaged, brakeId",
    "engaged-by-harm, /engaged, at",
    "engaged-by-harm, /engaged, harms",
    "engaged-by-harm, /engaged/harms/2, migrationId",
    "engaged-by-person, '', harms",
    "engaged-by-person, '', releasedHarms"
  })
  void whatLacksAPartIsNotTakenForABrakeThatIsReleased(String name, String at, String part)
      throws IOException {
    JsonNode brake = JSON.readTree(file(name));
    assertThat(((ObjectNode) brake.at(at)).remove(part)).isNotNull();

    assertUnreadable(item(brake.toString(), "1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"alsoEngaged", "unheard"})
  void nothingStandsInTheListsOfEngagementsThatIsNone(String list) throws IOException {
    ObjectNode brake = (ObjectNode) JSON.readTree(file("engaged-by-person"));
    brake.putArray(list).addNull();

    assertUnreadable(item(brake.toString(), "2"));
  }

  /** Whoever only reads would go on, and nothing could be written over it. */
  @ParameterizedTest
  @NullSource
  @MethodSource("noRevisions")
  void aBrakeWithoutARevisionCannotBeRead(@Nullable AttributeValue revision) throws IOException {
    Map<String, AttributeValue> item = item(file("counting"), "1");
    item.remove("revision");
    Optional.ofNullable(revision).ifPresent(it -> item.put("revision", it));

    assertUnreadable(item);
  }

  static Stream<AttributeValue> noRevisions() {
    return Stream.of(
        AttributeValue.fromS("6"), AttributeValue.fromN("six"), AttributeValue.fromN("1e999"));
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
    assertUnreadable(item(brake, format));
  }

  private void assertUnreadable(Map<String, AttributeValue> item) {
    assertThatThrownBy(() -> mapping.read(Optional.of(item)))
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
