package dev.numberferry.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** infra/template.yaml as it is written, for tests that need no SAM. */
public final class TemplateText {

  private static final String TEXT = read();

  private TemplateText() {}

  /** The ids of all resources of a type. */
  public static List<String> ofType(String type) {
    return found("(?m)^  (\\w+):\n    Type: " + Pattern.quote(type) + "$");
  }

  /** What the first group of a pattern has, wherever that is found. */
  public static List<String> found(String pattern) {
    return Pattern.compile(pattern).matcher(TEXT).results().map(it -> it.group(1)).toList();
  }

  private static String read() {
    try {
      return Files.readString(Path.of("infra", "template.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
