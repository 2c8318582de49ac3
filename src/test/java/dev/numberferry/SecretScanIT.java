package dev.numberferry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.metrics.EmbeddedMetrics;
import dev.numberferry.standin.Sample;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs after every other test, and looks for the sample's secrets in all that those left behind:
 * the function's logs, what the ledger and the topic took, and the test reports.
 */
class SecretScanIT {

  private static final Pattern SETTING =
      Pattern.compile("<property name=\"aws\\.sessionToken\" value=\"[^\"]*\"/>");

  @ParameterizedTest
  @ValueSource(strings = {"function.log", "messages.log", "ledger.log"})
  void thereIsSomethingToSearch(String log) throws IOException {
    String found = "";
    for (Path file : files()) {
      if (file.getFileName().toString().startsWith(log)) {
        found += Files.readString(file);
      }
    }
    assertThat(found).contains(Sample.NUMBER);
  }

  @Test
  void mailsAreSearchedAsWell() throws IOException {
    assertThat(Files.readString(Path.of("target", "test-logs", "messages.log")))
        .contains("\nDO NOW: ", "\nMORE: docs/runbook.md#");
  }

  /** Lines of the functions' tests, or of the binary's. */
  @Test
  void everyLineThatHasMetricsKeepsToTheirFormat() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : files()) {
      if (file.toString().endsWith(".log")) {
        Files.readString(file, StandardCharsets.ISO_8859_1)
            .lines()
            .filter(it -> it.startsWith("{") && it.contains("\"_aws\""))
            .forEach(lines::add);
      }
    }

    assertThat(lines).isNotEmpty().allSatisfy(EmbeddedMetrics::check);
  }

  @ParameterizedTest(name = "secret {index}")
  @MethodSource("forms")
  void noSecretIsInAnyOfThem(Pattern secret) throws IOException {
    for (Path file : files()) {
      // A failure must not print what it found.
      assertThat(secret.matcher(written(file)).find()).as("a secret in %s", file).isFalse();
    }
  }

  /** Without the settings of the tests, which the report of a failed one shows by itself. */
  private static String written(Path file) throws IOException {
    return SETTING.matcher(Files.readString(file, StandardCharsets.ISO_8859_1)).replaceAll("");
  }

  /** Each secret as it is, in JSON and in a URL; digits of a longer number are no PIN. */
  static Stream<Pattern> forms() {
    return Sample.SECRETS.stream()
        .flatMap(
            secret ->
                Stream.of(
                    secret,
                    secret.replace("\"", "\\\""),
                    URLEncoder.encode(secret, StandardCharsets.UTF_8)))
        .distinct()
        .map(form -> new String(form.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
        .map(form -> Pattern.compile("(?<![0-9.])" + Pattern.quote(form) + "(?![0-9])"));
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all =
        Stream.of(
                "target/test-logs",
                "target/quarkus.log",
                "target/surefire-reports",
                "target/failsafe-reports")
            .map(Path::of)
            .filter(Files::exists)
            .flatMap(SecretScanIT::walk)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @SuppressWarnings("StreamResourceLeak")
  private static Stream<Path> walk(Path folder) {
    try {
      return Files.walk(folder);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
