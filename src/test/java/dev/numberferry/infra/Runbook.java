package dev.numberferry.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** docs/runbook.md, as tests look at it. */
public final class Runbook {

  private static final String TEXT = read();
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern PART = Pattern.compile("(?m)^- \\*\\*([\\w ]+):\\*\\* ?");

  private Runbook() {}

  /**
   * One part of a section.
   *
   * @param label which of the five it is
   * @param text without its label, in one line
   */
  record Part(String label, String text) {}

  /** Its chapters, each with its sections, by their headings. */
  static Map<String, Map<String, String>> chapters() {
    Map<String, Map<String, String>> chapters = new LinkedHashMap<>();
    after(TEXT, "## ")
        .forEach(
            chapter -> {
              Map<String, String> sections = new LinkedHashMap<>();
              after(chapter, "### ").forEach(it -> sections.put(heading(it), body(it)));
              chapters.put(heading(chapter), sections);
            });
    return chapters;
  }

  /** A chapter as a whole, without its heading. */
  static String chapter(String heading) {
    return after(TEXT, "## ")
        .filter(it -> heading(it).equals(heading))
        .map(Runbook::body)
        .findFirst()
        .orElseThrow();
  }

  /** The parts of a section, in their order. */
  static List<Part> parts(String section) {
    List<String> labels = PART.matcher(section).results().map(it -> it.group(1)).toList();
    String[] texts = PART.split(section, -1);
    return Stream.iterate(0, it -> it < labels.size(), it -> it + 1)
        .map(it -> new Part(labels.get(it), texts[it + 1].strip().replaceAll("\\s+", " ")))
        .toList();
  }

  /** The links to all headings. */
  static List<String> anchors() {
    return HEADING.matcher(TEXT).results().map(it -> anchor(it.group(1))).toList();
  }

  /** As GitHub makes it of a heading that stands once. */
  static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
  }

  /** The rows of a chapter's table, each with its cells, without the head. */
  public static List<List<String>> rows(String chapter) {
    return chapter(chapter)
        .lines()
        .filter(it -> it.startsWith("|"))
        .skip(2)
        .map(it -> Stream.of(it.split("\\|")).skip(1).map(String::strip).toList())
        .toList();
  }

  private static Stream<String> after(String of, String mark) {
    return Stream.of(of.split("(?m)^" + mark)).skip(1);
  }

  private static String heading(String part) {
    return part.lines().findFirst().orElseThrow();
  }

  private static String body(String part) {
    return part.substring(heading(part).length()).strip();
  }

  private static String read() {
    try {
      return Files.readString(Path.of("docs", "runbook.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
