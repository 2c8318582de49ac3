package dev.numberferry.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code infra/samconfig.toml}: what SAM CLI adds to each of the pages' commands. */
class SamConfigTest {

  private static final Pattern TABLE = Pattern.compile("\\[default\\.([a-z_]+)\\.parameters]");
  private static final Pattern KEY = Pattern.compile("([a-z_]+) = (.+)");

  private final Map<String, Map<String, String>> commands = read();

  @Test
  void aTemplateIsValidatedWithLint() {
    assertThat(commands.get("validate")).isEqualTo(Map.of("lint", "true"));
  }

  @Test
  void aFunctionOnThisMachineFindsItsStandIns() {
    Map<String, String> local =
        Map.of(
            "env_vars", "\"infra/local.json\"",
            "add_host", "\"host.docker.internal:host-gateway\"");

    assertThat(commands.get("local_invoke")).isEqualTo(local);
    assertThat(commands.get("local_start_api")).isEqualTo(local);
    assertThat(Path.of("infra", "local.json")).content().contains("http://host.docker.internal:");
  }

  @Test
  void thePageInvokesEveryFunctionOfTheTemplate() throws IOException {
    List<String> invoked =
        Pattern.compile("(?m)^    sam local invoke (\\w+) ")
            .matcher(Files.readString(Path.of("docs", "install.md")))
            .results()
            .map(it -> it.group(1))
            .distinct()
            .toList();

    assertThat(invoked)
        .containsExactlyInAnyOrderElementsOf(TemplateText.ofType("AWS::Serverless::Function"));
  }

  /** In the few forms of TOML that the file has; {@code sam deploy --guided} adds others. */
  private static Map<String, Map<String, String>> read() {
    Map<String, Map<String, String>> commands = new LinkedHashMap<>();
    Map<String, String> keys = new LinkedHashMap<>();
    for (String line : lines()) {
      Matcher table = TABLE.matcher(line);
      Matcher key = KEY.matcher(line);
      if (table.matches()) {
        keys = new LinkedHashMap<>();
        commands.put(table.group(1), keys);
      } else if (key.matches()) {
        keys.put(key.group(1), key.group(2));
      }
    }
    return commands;
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(Path.of("infra", "samconfig.toml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
