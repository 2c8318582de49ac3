package dev.numberferry.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.domain.BrakeMessage;
import dev.numberferry.domain.BrakeStateEngagementBuilder;
import dev.numberferry.domain.Harm;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docs/runbook.md has a place for each word that calls for a person, and alarms name theirs. */
class RunbookTest {

  private static final Path PAGE = Path.of("docs", "runbook.md");
  private static final Pattern LINK = Pattern.compile("\\]\\(#([^)]+)\\)");

  /** Its chapters, each with its sections, by their headings. */
  private static final Map<String, Map<String, String>> CHAPTERS = new TreeMap<>();

  private static String text;

  @BeforeAll
  static void read() throws IOException {
    text = Files.readString(PAGE);
    for (String chapter : after(text, "## ")) {
      Map<String, String> sections = new TreeMap<>();
      for (String section : after(chapter, "### ")) {
        assertThat(sections.put(heading(section), body(section))).isNull();
      }
      CHAPTERS.put(heading(chapter), sections);
    }
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

  /** An alarm's description is all that whoever it wakes has in the first minute. */
  @Test
  void everyAlarmNamesItsPlace() {
    assertThat(TemplateText.found("docs/runbook\\.md#(\\S+)"))
        .containsExactlyInAnyOrderElementsOf(
            TemplateText.ofType("AWS::CloudWatch::Alarm").stream()
                .map(RunbookTest::anchor)
                .toList());
  }

  @Test
  void noTwoHeadingsHaveTheSameLinkAndNoneIsEmpty() {
    assertThat(CHAPTERS.values().stream().flatMap(it -> it.keySet().stream()))
        .extracting(RunbookTest::anchor)
        .doesNotHaveDuplicates();
    assertThat(CHAPTERS.values().stream().flatMap(it -> it.values().stream()))
        .allSatisfy(it -> assertThat(it).endsWith("."));
  }

  @Test
  void whatItLinksToIsThere() {
    List<String> anchors =
        CHAPTERS.values().stream()
            .flatMap(it -> it.keySet().stream())
            .map(RunbookTest::anchor)
            .toList();

    assertThat(LINK.matcher(text).results().map(it -> it.group(1)))
        .isNotEmpty()
        .isSubsetOf(anchors);
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toList();
  }

  /** As GitHub makes it of a heading that is one word. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT);
  }

  private static List<String> after(String of, String mark) {
    return Stream.of(of.split("(?m)^" + mark)).skip(1).toList();
  }

  private static String heading(String part) {
    return part.lines().findFirst().orElseThrow();
  }

  private static String body(String part) {
    return part.substring(heading(part).length()).strip();
  }
}
