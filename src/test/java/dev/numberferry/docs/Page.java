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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of Markdown, as GitHub shows it.
 *
 * @param path from the root of the project
 * @param lines without what stands in fenced blocks
 */
record Page(Path path, List<String> lines) {

  private static final Pattern FENCE = Pattern.compile("^ {0,3}(```|~~~).*");
  private static final Pattern HEADING = Pattern.compile("^#{1,6} (.+)$");
  private static final Pattern LINK = Pattern.compile("\\[[^\\[\\]]+]\\(([^()\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("`[^`]*`");

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

  static Page read(Path path) {
    List<String> lines = new ArrayList<>();
    boolean fenced = false;
    for (String line : linesOf(path)) {
      if (FENCE.matcher(line).matches()) {
        fenced = !fenced;
      } else if (!fenced) {
        lines.add(line);
      }
    }
    return new Page(path, lines);
  }

  /** All lines of a file, also those in fenced blocks. */
  static List<String> linesOf(Path path) {
    try {
      return Files.readAllLines(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where its links lead, as they stand there. A link may go over the end of a line. */
  List<String> links() {
    return LINK.matcher(CODE.matcher(String.join(" ", lines)).replaceAll("code"))
        .results()
        .map(it -> it.group(1))
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
