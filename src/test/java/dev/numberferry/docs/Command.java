package dev.numberferry.docs;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command that a page gives to its reader.
 *
 * @param page its path
 * @param text in one line, without what it is nested in and where its output goes
 */
public record Command(String page, String text) {

  private static final Pattern PROGRAM =
      Pattern.compile("(?m)(?<![^\\s(`])(?:infra/\\w+(?=\\s|$)|(?:\\./mvnw|aws|sam|curl)(?= ))");

  /** What is to be typed as it stands, and not only spoken of. */
  private static final Pattern IN_TEXT =
      Pattern.compile("\\./mvnw .*|(aws|curl|infra/\\w+) .*\\$\\w.*");

  /** What the functions write, and what is no shell's. */
  private static final Set<String> NO_SHELL = Set.of("java", "json", "mermaid", "text");

  /** All of a page: in its blocks of code, and with an option or an argument in its text. */
  public static List<Command> of(Page page) {
    return Stream.concat(
            page.blocks().stream()
                .filter(it -> !NO_SHELL.contains(it.language()))
                .map(Page.Block::text),
            page.code().stream().filter(it -> IN_TEXT.matcher(it).matches()))
        .flatMap(Command::in)
        .map(it -> new Command(page.path().toString(), it))
        .distinct()
        .toList();
  }

  /** The commands in a piece of shell, each in one line. */
  public static Stream<String> in(String shell) {
    String joined = shell.replaceAll("\\\\\n\\s*", " ").replaceAll("(?m)^\\s*#.*$", "");
    return PROGRAM
        .matcher(joined)
        .results()
        .map(it -> joined.substring(it.start(), end(joined, it.end())))
        .map(it -> it.strip().replaceAll("\\s+", " "));
  }

  /** Where a command that begins before here is over. */
  private static int end(String shell, int from) {
    int at = from;
    while (at < shell.length()) {
      char c = shell.charAt(at);
      if ("\n;|&)>".indexOf(c) >= 0
          || (c == '<' && !shell.startsWith("<(", at))
          || ((c == '#' || c == '}') && Character.isWhitespace(shell.charAt(at - 1)))) {
        return at;
      }
      at = next(shell, at);
    }
    return shell.length();
  }

  /** Behind this character, or behind what it opens. */
  private static int next(String shell, int at) {
    char c = shell.charAt(at);
    if (c == '\\') {
      return at + 2;
    }
    if (c == '\'') {
      return shell.indexOf('\'', at + 1) + 1;
    }
    if (c == '"' || c == '(') {
      char close = c == '"' ? '"' : ')';
      int inside = at + 1;
      while (shell.charAt(inside) != close) {
        boolean asItStands =
            c == '"' && !shell.startsWith("$(", inside) && shell.charAt(inside) != '\\';
        inside =
            shell.startsWith("$(", inside)
                ? next(shell, inside + 1)
                : asItStands ? inside + 1 : next(shell, inside);
      }
      return inside + 1;
    }
    return at + 1;
  }
}
