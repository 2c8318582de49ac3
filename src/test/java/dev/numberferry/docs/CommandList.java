package dev.numberferry.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The list of the pages' commands: a page, under it who runs its commands or why nobody does, and
 * under that the commands, each in one line.
 */
public final class CommandList {

  private static final Path FILE = Path.of("src", "test", "resources", "commands.txt");

  private CommandList() {}

  /**
   * @param fate {@code run:} and by whom, or {@code not run:} and why
   */
  public record Entry(Command command, String fate) {

    /** A test, or in words; empty where nobody does. */
    public String runBy() {
      return fate.startsWith("run: ") ? fate.substring("run: ".length()) : "";
    }
  }

  public static List<Entry> read() {
    List<Entry> entries = new ArrayList<>();
    String page = "";
    String fate = "";
    for (String line : Page.linesOf(FILE)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("    ")) {
        entries.add(new Entry(new Command(page, line.strip()), fate));
      } else if (line.startsWith("  ")) {
        fate = line.strip();
      } else {
        page = line.strip();
        fate = "";
      }
    }
    return entries;
  }
}
