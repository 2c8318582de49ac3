package dev.numberferry.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of Markdown, as GitHub shows it.
 *
 * @param path from the root of the project
 * @param lines without what stands in blocks of code
 * @param blocks its blocks of code
 */
public record Page(Path path, List<String> lines, List<Block> blocks) {

  private static final Pattern FENCE = Pattern.compile("^ {0,3}(?:```|~~~)(.*)$");
  private static final Pattern INDENTED = Pattern.compile("^ {4}.*");
  private static final Pattern HEADING = Pattern.compile("^#{1,6} (.+)$");
  private static final Pattern LINK = Pattern.compile("\\[[^\\[\\]]+]\\(([^()\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("`([^`]*)`");

  /**
   * A block of code.
   *
   * @param language as its fence has it; empty where that says none, or where it is indented
   * @param text without what all its lines are indented by
   */
  public record Block(String language, String text) {

    static Block of(String language, List<String> lines) {
      return new Block(language, String.join("\n", lines).stripTrailing().stripIndent());
    }
  }

  /** Every page of the project. */
  static List<Page> all() {
    try (Stream<Path> root = Files.list(Path.of(""));
        Stream<Path> docs = Files.walk(Path.of("docs"))) {
      return Stream.concat(root, docs)
          .filter(it -> it.toString().endsWith(".md"))
          .sorted()
          .map(Page::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Page read(Path path) {
    List<String> lines = new ArrayList<>();
    List<Block> blocks = new ArrayList<>();
    List<String> block = new ArrayList<>();
    Optional<String> fence = Optional.empty();
    for (String line : linesOf(path)) {
      Matcher mark = FENCE.matcher(line);
      boolean indented = INDENTED.matcher(line).matches();
      if (mark.matches()) {
        if (!block.isEmpty()) {
          blocks.add(Block.of(fence.orElse(""), block));
          block.clear();
        }
        fence = fence.isPresent() ? Optional.empty() : Optional.of(mark.group(1).strip());
      } else if (fence.isPresent() || (indented && (!block.isEmpty() || afterEmpty(lines)))) {
        block.add(line);
      } else if (!block.isEmpty() && line.isBlank()) {
        block.add("");
      } else {
        if (!block.isEmpty()) {
          blocks.add(Block.of("", block));
          block.clear();
        }
        lines.add(line);
      }
    }
    return new Page(path, lines, blocks);
  }

  /** Elsewhere what is indented goes on with a paragraph. */
  private static boolean afterEmpty(List<String> lines) {
    return lines.isEmpty() || lines.get(lines.size() - 1).isBlank();
  }

  /** All lines of a file, also those in fenced blocks. */
  public static List<String> linesOf(Path path) {
    try {
      return Files.readAllLines(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a test that fails names it. */
  @Override
  public String toString() {
    return path.toString();
  }

  /** Where its links lead, as they stand there. A link may go over the end of a line. */
  List<String> links() {
    return LINK.matcher(CODE.matcher(String.join(" ", lines)).replaceAll("code"))
        .results()
        .map(it -> it.group(1))
        .toList();
  }

  /** What stands in its text as code, each in one line. */
  List<String> code() {
    return CODE.matcher(String.join("\n", lines))
        .results()
        .map(it -> it.group(1).replaceAll("\\s+", " "))
        .toList();
  }

  /** What a link to a heading has after its {@code #}; one that comes again gets a number. */
  List<String> anchors() {
    Map<String, Integer> before = new HashMap<>();
    return lines.stream()
        .flatMap(it -> HEADING.matcher(it).results())
        .map(it -> slug(it.group(1)))
        .map(it -> numbered(it, before.merge(it, 1, Integer::sum) - 1))
        .toList();
  }

  /** The cells of its tables. */
  List<String> cells() {
    return lines.stream()
        .filter(it -> it.startsWith("|"))
        .flatMap(it -> Stream.of(it.split("(?<!\\\\)\\|")))
        .map(String::strip)
        .toList();
  }

  /** The rows of the tables right under a heading, each with its cells; the heads as well. */
  public List<List<String>> rows(String heading) {
    return lines.stream()
        .dropWhile(it -> !it.matches("#+ " + Pattern.quote(heading)))
        .skip(1)
        .takeWhile(it -> !HEADING.matcher(it).matches())
        .filter(it -> it.startsWith("|"))
        .map(it -> Stream.of(it.split("(?<!\\\\)\\|", -1)).skip(1).map(String::strip).toList())
        .toList();
  }

  private static String slug(String heading) {
    return heading
        .replaceAll("\\[([^]]+)]\\([^)]+\\)", "$1")
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
        .replace(' ', '-');
  }

  private static String numbered(String slug, int before) {
    return before == 0 ? slug : slug + "-" + before;
  }
}
