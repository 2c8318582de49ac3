package dev.numberferry.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.domain.BrakeMessage;
import dev.numberferry.domain.BrakeStateEngagementBuilder;
import dev.numberferry.domain.Harm;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Status;
import dev.numberferry.infra.Runbook.Part;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/runbook.md has a place for each word that calls for a person, and alarms name theirs. */
class RunbookTest {

  private static final Map<String, Map<String, String>> CHAPTERS = Runbook.chapters();

  /** Whoever is woken reads them from the top. */
  @Test
  void itBeginsWithWhatIsReadFirst() {
    assertThat(CHAPTERS.keySet())
        .containsExactly(
            "Three mails at once",
            "Stop everything",
            "The commands",
            "Alarms",
            "Status",
            "Reason",
            "Harm",
            "WhatsApp's codes",
            "What was run");
    assertThat(Runbook.chapter("Three mails at once"))
        .containsSubsequence("1. **`BRAKED`**", "2. **`LINE_DOWN`**", "3. **`UNCLEAR`**");
  }

  @Test
  void everyAlarmHasItsPlace() {
    assertThat(CHAPTERS.get("Alarms").keySet())
        .containsExactlyInAnyOrderElementsOf(TemplateText.ofType("AWS::CloudWatch::Alarm"));
  }

  @Test
  void everyStatusHasItsPlace() {
    String braked =
        BrakeMessage.of(
                BrakeStateEngagementBuilder.builder()
                    .brakeId("b-1")
                    .at(Instant.EPOCH)
                    .harms(List.of())
                    .build())
            .status();

    assertThat(CHAPTERS.get("Status").keySet())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(names(Status.values()).stream(), Stream.of(braked)).toList());
  }

  @Test
  void everyReasonHasItsPlace() {
    assertThat(CHAPTERS.get("Reason").keySet())
        .containsExactlyInAnyOrderElementsOf(names(Reason.values()));
  }

  @Test
  void everyHarmHasItsPlace() {
    assertThat(CHAPTERS.get("Harm").keySet())
        .containsExactlyInAnyOrderElementsOf(names(Harm.values()));
  }

  /** Who reads one entry at night knows where in the next one the same stands. */
  @ParameterizedTest
  @ValueSource(strings = {"Alarms", "Status", "Reason", "Harm"})
  void everyEntryHasTheSameFiveParts(String chapter) {
    assertThat(CHAPTERS.get(chapter))
        .allSatisfy(
            (heading, section) -> {
              List<Part> parts = Runbook.parts(section);
              assertThat(parts)
                  .extracting(Part::label)
                  .containsExactly("Means", "The line", "Look at", "Do", "Do not");
              assertThat(parts)
                  .extracting(Part::text)
                  .allSatisfy(it -> assertThat(it).matches("\\S.*(\\.|```)"));
              assertThat(parts.get(1).text())
                  .matches("(Up|Down|Unknown|As before the call|On the Cloud API)\\b.*");
              assertThat(parts.get(2).text()).containsIgnoringCase("when all is well");
            });
  }

  @ParameterizedTest
  @CsvSource({"LINE_DOWN, Down", "UNCLEAR, Unknown"})
  void everyHarmSaysWhatItDidToTheLine(Harm harm, String line) {
    assertThat(Runbook.parts(CHAPTERS.get("Harm").get(harm.name())).get(1).text()).startsWith(line);
  }

  /** An alarm's description is all that whoever it wakes has in the first minute. */
  @Test
  void everyAlarmNamesItsPlace() {
    assertThat(TemplateText.found("docs/runbook\\.md#(\\S+)"))
        .containsExactlyInAnyOrderElementsOf(
            TemplateText.ofType("AWS::CloudWatch::Alarm").stream().map(Runbook::anchor).toList());
  }

  @Test
  void noTwoHeadingsHaveTheSameLink() {
    assertThat(Runbook.anchors()).doesNotHaveDuplicates();
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toList();
  }
}
