package dev.numberferry.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a workflow may do, and that it checks what a laptop checks. */
class WorkflowsTest {

  private static final Path FOLDER = Path.of(".github", "workflows");

  /** A tag can be moved, a commit cannot. */
  private static final Pattern PINNED =
      Pattern.compile("[\\w-]+/[\\w-]+@[0-9a-f]{40} # v\\d+(\\.\\d+)*");

  private static final Pattern JOB = Pattern.compile("(?m)^    runs-on: ");

  private static final Pattern RUN = Pattern.compile("^ *(?:- +)?run: *(.*)$");

  /** How the lines that follow are to be read, and a comment. */
  private static final Pattern BLOCK = Pattern.compile("[|>][-+1-9]* *(#.*)?");

  static List<Path> workflows() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> all = files.sorted().toList();
      assertThat(all)
          .extracting(it -> it.getFileName().toString())
          .contains("ci.yml", "release.yml");
      return all;
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void everyActionIsPinnedByItsCommit(Path workflow) throws IOException {
    assertThat(found("uses: *(.*)", Files.readString(workflow)))
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it).matches(PINNED));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void noJobMayMoreThanItSays(Path workflow) throws IOException {
    String text = Files.readString(workflow);
    long jobs = JOB.matcher(text).results().count();

    assertThat(jobs).isPositive();
    assertThat(text).containsPattern("(?m)^permissions: \\{}$");
    assertThat(found("(?m)^    (permissions:)$", text)).hasSize((int) jobs);
    assertThat(found("(?m)^    (timeout-minutes:) \\d+$", text)).hasSize((int) jobs);
    assertThat(text).doesNotContain("pull_request_target");
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void noTokenIsLeftInACheckout(Path workflow) throws IOException {
    String text = Files.readString(workflow);

    assertThat(found("(persist-credentials: false)", text))
        .hasSameSizeAs(found("(actions/checkout@)", text));
  }

  /** The names of branches and tags are others' words: a shell would run what is in them. */
  @ParameterizedTest
  @MethodSource("workflows")
  void nothingIsPutIntoACommand(Path workflow) throws IOException {
    assertThat(commands(workflow)).isNotEmpty().noneMatch(it -> it.contains("${{"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"|", "|-", "|+", ">", ">-", "|2-", "| # why", "> # why"})
  void aBlockIsReadHoweverItBegins(String begin) {
    List<String> lines =
        List.of("      - run: " + begin, "          one", "", "          two ${{", "        env:");

    assertThat(commands(lines)).containsExactly("          one\n\n          two ${{");
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void itCallsEachPartOfTheScript(Path workflow) throws IOException {
    assertThat(commands(workflow)).contains(".ci/check jvm", ".ci/check lint", ".ci/check native");
  }

  /** It is a promise until somebody has seen it. */
  @ParameterizedTest
  @MethodSource("workflows")
  void itSaysThatItWasNotRun(Path workflow) throws IOException {
    assertThat(Files.readString(workflow))
        .startsWith("# This workflow has not been run where it was written.\n");
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(it -> it.group(1)).toList();
  }

  /** What each step runs; the lines of a block are one. */
  private static List<String> commands(Path workflow) throws IOException {
    return commands(Files.readAllLines(workflow));
  }

  private static List<String> commands(List<String> lines) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher run = RUN.matcher(lines.get(i));
      if (run.matches()) {
        int column = lines.get(i).indexOf("run:");
        List<String> block =
            lines.subList(i + 1, lines.size()).stream()
                .takeWhile(it -> it.isBlank() || it.length() - it.stripLeading().length() > column)
                .toList();
        String told = run.group(1);
        all.add(BLOCK.matcher(told).matches() ? String.join("\n", block) : told);
      }
    }
    return all;
  }
}
