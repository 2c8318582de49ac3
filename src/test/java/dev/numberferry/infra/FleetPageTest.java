package dev.numberferry.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.standin.Needs;
import dev.numberferry.standin.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts of docs/fleet.md, as they stand there, with stand-ins for what they call. */
@Needs(Tool.JQ)
class FleetPageTest {

  private static final Pattern SCRIPT = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);

  private static final Pattern NAME = Pattern.compile("\\./(\\w+\\.sh)");

  /** Keeps what it is called with, and answers with the next file. */
  private static final String AWS =
      """
      #!/bin/bash
      echo "$AWS_MAX_ATTEMPTS $*" >> calls
      for file; do :; done
      cp "answer-$(wc -l < calls)" "$file"
      """;

  /** Keeps what it is called with and the file with the header, and answers with the next file. */
  private static final String CURL =
      """
      #!/bin/bash
      echo "$*" >> calls
      for word; do [[ "$word" != @* ]] || cat "${word#@}" > header; done
      cat "answer-$(wc -l < calls)"
      """;

  private static final String ROWS =
      """
      [{"phoneNumberId": "106540352240001", "dryRun": true},
       {"phoneNumberId": "106540352240002", "dryRun": true},
       {"phoneNumberId": "106540352240003", "dryRun": true}]
      """;

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    String page = Files.readString(Path.of("docs", "fleet.md"));
    List<String> scripts = SCRIPT.matcher(page).results().map(it -> it.group(1)).toList();
    assertThat(scripts).hasSize(2);
    for (String script : scripts) {
      Matcher name = NAME.matcher(script);
      assertThat(name.find()).isTrue();
      Files.writeString(folder.resolve(name.group(1)), script);
    }
    writeCommand("aws", AWS);
    writeCommand("curl", CURL);
    Files.writeString(folder.resolve("rows.json"), ROWS);
  }

  private void writeCommand(String name, String script) throws IOException {
    Path command = Files.writeString(folder.resolve(name), script);
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** And never by the link to the next page, which has the token in it. */
  @Test
  void theNumbersThatAreLeftAreReadPageByPage() throws Exception {
    answer(
        1,
        """
        {"data": [
          {"id": "106540352240001", "display_phone_number": "+1 555-123-4567",
           "platform_type": "ON_PREMISE", "status": "CONNECTED"},
          {"id": "106540352240002", "display_phone_number": "+1 555-123-4568",
           "platform_type": "CLOUD_API", "status": "CONNECTED"}],
         "paging": {"cursors": {"before": "a", "after": "b+c="},
           "next": "https://graph.facebook.com/next?access_token=T0KEN"}}
        """);
    answer(
        2,
        """
        {"data": [
          {"id": "106540352240003", "display_phone_number": "+1 555-123-4569",
           "platform_type": "ON_PREMISE"},
          {"id": "106540352240004", "platform_type": "ON_PREMISE"}],
         "paging": {"cursors": {"before": "c", "after": "d"}}}
        """);

    assertThat(script(List.of("inventory.sh", "102290129340398"))).isZero();

    assertThat(output())
        .containsExactly(
            "phoneNumberId,backupKey,expectedNumber",
            "\"106540352240001\",\"106540352240001/backup.json\",\"+15551234567\"",
            "\"106540352240003\",\"106540352240003/backup.json\",\"+15551234569\"",
            "\"106540352240004\",\"106540352240004/backup.json\",\"\"");
    assertThat(calls())
        .hasSize(2)
        .allSatisfy(
            it ->
                assertThat(it)
                    .contains(
                        "--fail -G",
                        "/102290129340398/phone_numbers",
                        "limit=100",
                        "platform_type"))
        .noneMatch(it -> it.contains("T0KEN"));
    assertThat(calls().get(0)).doesNotContain("after=");
    assertThat(calls().get(1)).contains("--data-urlencode after=b+c=");
    assertThat(Files.readString(folder.resolve("header")))
        .isEqualTo("Authorization: Bearer T0KEN\n");
  }

  /** Without it the first page would come again for ever. */
  @Test
  void aNextPageWithoutACursorEndsIt() throws Exception {
    answer(1, "{\"data\": [], \"paging\": {\"next\": \"https://graph.facebook.com/next\"}}");

    assertThat(script(List.of("inventory.sh", "102290129340398"))).isNotZero();

    assertThat(calls()).hasSize(1);
  }

  @Test
  void aPageThatCannotBeReadEndsIt() throws Exception {
    assertThat(script(List.of("inventory.sh", "102290129340398"))).isNotZero();
  }

  @Test
  void itEndsAtTheFirstNumberThatDoesNotMove() throws Exception {
    answer(1, "{\"phoneNumberId\": \"106540352240001\", \"status\": \"MIGRATED\"}");
    answer(2, "{\"status\": \"REJECTED\", \"nextStep\": \"Find out the PIN.\"}");

    assertThat(run("move")).isNotZero();

    assertThat(calls())
        .hasSize(2)
        .allSatisfy(it -> assertThat(it).startsWith("1 lambda invoke --function-name migrate "))
        .noneMatch(it -> it.contains("dryRun"));
    assertThat(output())
        .containsExactly("106540352240001\tMIGRATED\t\t", "\tREJECTED\t\tFind out the PIN.");
  }

  @Test
  void allMove() throws Exception {
    answer(1, "{\"status\": \"MIGRATED\"}");
    answer(2, "{\"status\": \"ALREADY_MIGRATED\"}");
    answer(3, "{\"status\": \"MIGRATED\"}");

    assertThat(run("move")).isZero();

    assertThat(calls()).hasSize(3);
  }

  @Test
  void aDryRunLooksAtAllAndSaysWhatFailed() throws Exception {
    answer(1, "{\"status\": \"NOT_READY\"}");
    answer(
        2,
        "{\"errorType\": \"NotSent\", \"errorMessage\": \"{\\\"status\\\": \\\"NOT_SENT\\\"}\"}");
    answer(3, "{\"errorMessage\": \"Task timed out\"}");

    assertThat(run()).isZero();

    assertThat(calls()).hasSize(3).allMatch(it -> it.contains("\"dryRun\":true"));
    assertThat(output()).containsExactly("\tNOT_READY\t\t", "\tNOT_SENT\t\t", "\tNO_ANSWER\t\t");
  }

  /** A list may have been made for the move already. */
  @Test
  void withoutAWordNothingMovesWhateverTheListSays() throws Exception {
    Files.writeString(folder.resolve("rows.json"), "[{\"phoneNumberId\": \"106540352240001\"}]");
    answer(1, "{\"status\": \"READY\"}");

    assertThat(run()).isZero();

    assertThat(calls()).singleElement().asString().contains("\"dryRun\":true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dry", "dry-run", "--dry-run", "Move", "move ", "", "move move"})
  void aWordThatIsNoneOfItsOwnInvokesNothing(String word) throws Exception {
    assertThat(run(word.equals("move move") ? new String[] {"move", "move"} : new String[] {word}))
        .isEqualTo(2);

    assertThat(folder.resolve("calls")).doesNotExist();
    assertThat(output()).first().asString().contains("Usage: ./loop.sh FUNCTION rows.json [move]");
  }

  @Test
  void anInvocationThatFailedHasNotMovedItsNumber() throws Exception {
    answer(1, "{\"errorMessage\": \"Task timed out\"}");

    assertThat(run("move")).isNotZero();

    assertThat(calls()).hasSize(1);
  }

  private void answer(int number, String result) throws IOException {
    Files.writeString(folder.resolve("answer-" + number), result);
  }

  private int run(String... words) throws Exception {
    return script(
        Stream.concat(Stream.of("loop.sh", "migrate", "rows.json"), Stream.of(words)).toList());
  }

  private int script(List<String> words) throws Exception {
    ProcessBuilder bash =
        new ProcessBuilder(Stream.concat(Stream.of("bash"), words.stream()).toList())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile());
    bash.environment().put("TOKEN", "T0KEN");
    bash.environment().put("PATH", folder + ":" + System.getenv("PATH"));
    return bash.start().waitFor();
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }

  private List<String> output() throws IOException {
    return Files.readAllLines(folder.resolve("output"));
  }
}
