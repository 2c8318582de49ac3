package dev.numberferry.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.BrakeMessage;
import dev.numberferry.domain.BrakeState.CountedHarm;
import dev.numberferry.domain.BrakeState.Engagement;
import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.Harm;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.MigrationResultBuilder;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Retry;
import dev.numberferry.standin.Sample;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundedResultsTest {

  private static final Instant NOW = Instant.parse("2026-11-22T20:38:34.322Z");
  private static final String ID = "3f98ab27-1b1f-4c55-8f3c-0a4c2a0d9f11";

  private static final ObjectMapper PLAIN =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

  private static final ObjectMapper BOUNDED = bounded();

  @Test
  void theLongestTextsAreCutAndMarked() throws Exception {
    MigrationResult result = result("m".repeat(60_000), "A step of some length. ".repeat(100));

    JsonNode cut = written(result, 40_000);

    assertThat(cut.at("/error/message").asText()).matches("m{36000,}\u2026 \\(cut\\)");
    assertThat(cut.path("nextStep").asText()).isEqualTo(result.outcome().nextStep());
  }

  @Test
  void twoThatAreTooLongAreCutToOneLength() throws Exception {
    JsonNode cut = written(result("m".repeat(200_000), "n".repeat(60_000)), 40_000);

    assertThat(cut.path("nextStep").asText()).hasSameSizeAs(cut.at("/error/message").asText());
  }

  /** Characters of up to four bytes, and those that JSON writes in six. */
  @ParameterizedTest
  @CsvSource({"\u00fc", "\u2026", "\uD83D\uDEA2", "'\\'", "'\"'"})
  void bytesCountAndNotCharacters(String character) throws Exception {
    JsonNode cut = written(result(character.repeat(50_000), character.repeat(50_000)), 40_000);

    assertThat(cut.at("/error/message").asText()).endsWith("\u2026 (cut)");
  }

  @Test
  void whatIsToBeSentAgainIsWhole() throws Exception {
    String key = Sample.NUMBER + "/" + "k".repeat(1_000);
    MigrationResult result =
        result("\u0001".repeat(90_000), "n".repeat(90_000))
            .withBackup(new StoredBackup(Sample.BUCKET, key, "v".repeat(1_024)));
    Outcome outcome = result.outcome().withRetry(new Retry(ID + "/UNKNOWN", null, "s".repeat(500)));

    JsonNode cut = written(result.withOutcome(outcome), 40_000);

    assertThat(cut.at("/backup/key").asText()).isEqualTo(key);
    assertThat(cut.at("/retry/after").asText()).isEqualTo(ID + "/UNKNOWN");
    assertThat(cut.at("/retry/state").asText()).hasSize(500);
    assertThat(cut.path("migrationId").asText()).isEqualTo(ID);
    assertThat(cut.path("startedAt").asText()).isEqualTo(NOW.toString());
    assertThat(BOUNDED.treeToValue(cut, MigrationResult.class).status()).isEqualTo(result.status());
  }

  @Test
  void whatFitsIsAsItWas() throws Exception {
    MigrationResult result = result("m".repeat(30_000), "n");

    assertThat(BOUNDED.writeValueAsString(result)).isEqualTo(PLAIN.writeValueAsString(result));
  }

  @Test
  void whatWasCutIsNotCutAgain() throws Exception {
    MigrationResult result = result("m".repeat(60_000), "n".repeat(60_000));
    String cut = BOUNDED.writeValueAsString(result);

    assertThat(BOUNDED.writeValueAsString(BOUNDED.readValue(cut, MigrationResult.class)))
        .isEqualTo(cut);
  }

  @Test
  void aMessageOfTheBrakeKeepsItsHarmsAndIsCutWhereAPersonWroteMuch() throws Exception {
    List<CountedHarm> harms =
        IntStream.range(0, 500)
            .mapToObj(
                i ->
                    new CountedHarm(
                        UUID.randomUUID().toString(),
                        new PhoneNumberId("1065403522429" + (10_000 + i)),
                        Harm.LINE_DOWN,
                        NOW))
            .toList();
    Engagement engagement =
        new Engagement(ID, NOW, harms, "r".repeat(300_000), "b".repeat(300_000), false, null);

    JsonNode cut = written(BrakeMessage.of(engagement), 250_000);

    assertThat(cut.path("harms")).isEqualTo(PLAIN.valueToTree(harms));
    assertThat(cut.path("brakeId").asText()).isEqualTo(ID);
    assertThat(cut.path("nextStep").asText()).contains(ID).endsWith(".");
    assertThat(cut.path("reason").asText()).endsWith("\u2026 (cut)");
  }

  private static MigrationResult result(String message, String nextStep) {
    return MigrationResultBuilder.builder()
        .schemaVersion(1)
        .migrationId(ID)
        .outcome(Outcome.rejected(ErrorDetails.of(message), nextStep))
        .startedAt(NOW)
        .finishedAt(NOW)
        .build();
  }

  /** The JSON that is written, which fills the room there is and no more. */
  private static JsonNode written(Object result, int most) throws Exception {
    String json = BOUNDED.writeValueAsString(result);
    assertThat(json.getBytes(StandardCharsets.UTF_8).length).isBetween(most - 100, most);
    return PLAIN.readTree(json);
  }

  private static ObjectMapper bounded() {
    ObjectMapper mapper = PLAIN.copy();
    new BoundedResults().customize(mapper);
    return mapper;
  }
}
