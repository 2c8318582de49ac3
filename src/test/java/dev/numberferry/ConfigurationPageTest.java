package dev.numberferry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.docs.Page;
import dev.numberferry.domain.FunctionNames;
import dev.numberferry.infra.TemplateText;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/configuration.md has each setting and each parameter with its default, and no other. */
class ConfigurationPageTest {

  private static final Page PAGE = Page.read(Path.of("docs", "configuration.md"));

  private static final List<String> FUNCTIONS =
      List.of(
          FunctionNames.MIGRATE,
          FunctionNames.BACKUP_UPLOADED,
          FunctionNames.API,
          FunctionNames.SWEEP,
          FunctionNames.BRAKE,
          FunctionNames.FLEET);

  @Test
  void itHasEverySettingWithItsDefault() {
    Map<String, String> settings =
        FerryVariablesTest.settings()
            .collect(
                Collectors.toMap(
                    FerryVariablesTest::variable, ConfigurationPageTest::defaultInWords));

    assertThat(table("Variables", "`(FERRY_\\w+)`"))
        .containsExactlyInAnyOrderEntriesOf(settings)
        .hasSize(FerryVariables.KNOWN.size());
  }

  @Test
  void whatItSaysOfQuarkusIsSet() throws IOException {
    Map<String, String> properties = applicationProperties();
    Map<String, String> table = table("Variables", "`(QUARKUS_\\w+)`");

    assertThat(table.remove("QUARKUS_FUNQY_EXPORT")).isEqualTo("required");
    // Quarkus's own, which application.properties leaves as it is.
    assertThat(table.remove("QUARKUS_LOG_LEVEL")).isEqualTo("`INFO`");
    assertThat(properties).doesNotContainKey("QUARKUS_LOG_LEVEL");
    assertThat(table)
        .hasSize(3)
        .allSatisfy(
            (variable, standard) ->
                assertThat(standard).isEqualTo("`%s`".formatted(properties.get(variable))));
  }

  @Test
  void itHasEveryParameterWithItsDefaultInTheirOrder() {
    Map<String, String> parameters = new LinkedHashMap<>();
    TemplateText.defaults()
        .forEach((name, it) -> parameters.put(name, it.isEmpty() ? "empty" : "`" + it + "`"));

    assertThat(new ArrayList<>(table("Parameters", "`(\\w+)`").entrySet()))
        .isEqualTo(new ArrayList<>(parameters.entrySet()));
  }

  /** Who sets nothing gets the same with the template and without it. */
  @Test
  void parametersAndSettingsHaveTheSameDefaults() {
    Map<String, String> settings =
        FerryVariablesTest.settings()
            .filter(it -> it.isAnnotationPresent(WithDefault.class))
            .collect(
                Collectors.toMap(
                    FerryVariablesTest::variable,
                    it -> it.getAnnotation(WithDefault.class).value()));
    Map<String, String> ofTemplate = new TreeMap<>(TemplateText.globalVariables());
    ofTemplate.keySet().retainAll(settings.keySet());
    settings.keySet().retainAll(ofTemplate.keySet());

    assertThat(ofTemplate).hasSizeGreaterThan(5).isEqualTo(settings);
  }

  @Test
  void itHasTheTimesOfEachFunction() {
    List<List<String>> rows = PAGE.rows("Variables that no parameter sets");

    assertThat(rows.stream().skip(2).map(it -> it.subList(0, 3)))
        .isEqualTo(
            FUNCTIONS.stream()
                .map(
                    it ->
                        List.of(
                            "`" + it + "`",
                            TemplateText.ofFunction(it, "Timeout") + " s",
                            "`" + TemplateText.ofFunction(it, "FERRY_FUNCTION_TIMEOUT") + "`"))
                .toList());
    assertThat(rows.stream().skip(2).flatMap(it -> pairs(it.get(3), rows.indexOf(it) - 2)))
        .isNotEmpty()
        .allSatisfy(it -> assertThat(TemplateText.ofFunction(it[0], it[1])).isEqualTo(it[2]));
  }

  /** The name in a function's row, and each variable of its last cell with what that is set to. */
  private static Stream<String[]> pairs(String cell, int function) {
    return Pattern.compile("`(\\w+)` `(\\w+)`")
        .matcher(cell)
        .results()
        .map(it -> new String[] {FUNCTIONS.get(function), it.group(1), it.group(2)});
  }

  /** The first two cells of the rows whose first is such a one. */
  private static Map<String, String> table(String heading, String first) {
    Map<String, String> table = new LinkedHashMap<>();
    for (List<String> row : PAGE.rows(heading)) {
      if (row.get(0).matches(first)) {
        assertThat(table.put(row.get(0).replaceAll(first, "$1"), row.get(1))).isNull();
      }
    }
    return table;
  }

  /** Without a default, which functions do not start without it: they are asked. */
  private static String defaultInWords(Method setting) {
    List<String> refusing =
        FUNCTIONS.stream()
            .filter(
                function ->
                    FerryConfigCheckTest.problemsOfNothing(function).stream()
                        .anyMatch(it -> it.startsWith(FerryVariablesTest.variable(setting) + " ")))
            .toList();
    return Optional.ofNullable(setting.getAnnotation(WithDefault.class))
        .map(it -> "`" + it.value() + "`")
        .orElseGet(
            () ->
                refusing.isEmpty()
                    ? "none"
                    : refusing.equals(FUNCTIONS)
                        ? "required"
                        : refusing.stream()
                            .collect(Collectors.joining("` and `", "required by `", "`")));
  }

  /** What is set in every profile, by the variable that would set something else. */
  private static Map<String, String> applicationProperties() throws IOException {
    Properties properties = new Properties();
    try (Reader file =
        Files.newBufferedReader(Path.of("src", "main", "resources", "application.properties"))) {
      properties.load(file);
    }
    return properties.stringPropertyNames().stream()
        .filter(it -> !it.startsWith("%"))
        .collect(
            Collectors.toMap(
                it -> it.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT),
                properties::getProperty));
  }
}
