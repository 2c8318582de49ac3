package dev.numberferry.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

  /** The default of each parameter, in their order. */
  public static Map<String, String> defaults() {
    Map<String, String> defaults = new LinkedHashMap<>();
    Pattern.compile("(?m)^  (\\w+):\n    Type: (?:String|Number)\n(?:    .*\n)*?    Default: (.*)$")
        .matcher(TEXT.substring(TEXT.indexOf("\nParameters:"), TEXT.indexOf("\nRules:")))
        .results()
        .forEach(it -> defaults.put(it.group(1), it.group(2).replace("\"", "")));
    return defaults;
  }

  /** The variables of all functions that parameters alone make, with their defaults put in. */
  public static Map<String, String> globalVariables() {
    Map<String, String> defaults = defaults();
    Map<String, String> variables = new LinkedHashMap<>();
    Pattern.compile("(?m)^        ([A-Z_]+): !(?:Ref (\\w+)|Sub \"\\$\\{(\\w+)}(.*)\")$")
        .matcher(TEXT.substring(TEXT.indexOf("\nGlobals:"), TEXT.indexOf("\nResources:")))
        .results()
        .filter(it -> defaults.containsKey(parameter(it)))
        .forEach(
            it ->
                variables.put(
                    it.group(1),
                    defaults.get(parameter(it)) + Objects.requireNonNullElse(it.group(4), "")));
    return variables;
  }

  private static String parameter(MatchResult variable) {
    return Objects.requireNonNullElse(variable.group(2), variable.group(3));
  }

  /**
   * What a function has in one line.
   *
   * @param function as {@code QUARKUS_FUNQY_EXPORT} names it
   */
  public static String ofFunction(String function, String name) {
    return Stream.of(TEXT.split("(?m)(?=^  \\w)"))
        .filter(it -> it.contains("QUARKUS_FUNQY_EXPORT: " + function + "\n"))
        .flatMap(it -> Pattern.compile("(?m)^ +" + name + ": (.*)$").matcher(it).results())
        .map(it -> it.group(1).replace("\"", ""))
        .findFirst()
        .orElseThrow();
  }

  private static String read() {
    try {
      return Files.readString(Path.of("infra", "template.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
