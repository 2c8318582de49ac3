package dev.numberferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.docs.CommandList.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each command of the pages is in {@code src/test/resources/commands.txt}, with who has run it. */
class CommandsTest {

  /** A class of tests, by its name. */
  private static final Pattern TEST = Pattern.compile("\\w+(Test|IT)");

  private static final Path GATE = Path.of(".ci", "check");

  private static final List<Entry> LIST = CommandList.read();

  /** Put it there, under its page, and under who runs it, or why nobody does. */
  @Test
  void everyCommandOfAPageIsInTheList() {
    assertThat(commands())
        .filteredOn(it -> of(it).isEmpty())
        .extracting(Command::toString)
        .isEmpty();
  }

  /** Take it out: the page says something else now. */
  @Test
  void everyCommandOfTheListIsInItsPage() {
    List<Command> commands = commands();

    assertThat(LIST)
        .extracting(Entry::command)
        .doesNotHaveDuplicates()
        .filteredOn(it -> !commands.contains(it))
        .extracting(Command::toString)
        .isEmpty();
  }

  @Test
  void whoRunsACommandIsThere() throws IOException {
    Names names = new Names();
    List<String> gate = gate();

    assertThat(LIST)
        .allSatisfy(
            it ->
                assertThat(it.fate())
                    .as(it.command().text())
                    .matches("run: (by hand|the gate|\\w+(Test|IT))|not run: .+"));
    assertThat(LIST)
        .filteredOn(it -> TEST.matcher(it.runBy()).matches() && !names.hasType(it.runBy()))
        .isEmpty();
    assertThat(LIST)
        .filteredOn(it -> it.runBy().equals("the gate"))
        .allSatisfy(it -> assertThat(gate).contains(it.command().text()));
  }

  /**
   * What it gives to Maven, as one would give it; before the binary's tests the others have run.
   */
  private static List<String> gate() throws IOException {
    return Files.readAllLines(GATE).stream()
        .map(String::strip)
        .filter(it -> it.startsWith("maven "))
        .map(it -> it.replaceFirst("^maven", "./mvnw"))
        .map(it -> it.replace(" -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false", ""))
        .toList();
  }

  private static Optional<Entry> of(Command command) {
    return LIST.stream().filter(it -> it.command().equals(command)).findFirst();
  }

  /** What changed is told by commands that nobody has to give any more. */
  private static List<Command> commands() {
    return Page.all().stream()
        .filter(it -> !it.path().equals(Path.of("CHANGELOG.md")))
        .flatMap(it -> Command.of(it).stream())
        .toList();
  }
}
