package dev.numberferry;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.WithName;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FerryVariablesTest {

  @Test
  void everySettingIsKnownAndNothingElse() {
    assertThat(FerryVariables.KNOWN)
        .isEqualTo(settings().map(FerryVariablesTest::variable).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/configuration.md", "infra/template.yaml", "infra/local.json"})
  void whatIsWrittenAboutThemNamesNoOther(String file) throws IOException {
    Set<String> named =
        Pattern.compile("\\bFERRY_[A-Z_]*[A-Z]")
            .matcher(Files.readString(Path.of(file)))
            .results()
            .map(it -> it.group())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(FerryVariables.KNOWN).containsAll(named);
  }

  @ParameterizedTest
  @CsvSource({
    "FERRY_MAXCALLS, FERRY_MAX_CALLS",
    "FERRY_MAX_CALL, FERRY_MAX_CALLS",
    "FERRY_TOPIC, FERRY_TOPIC_ARN",
    "FERRY_RESULT_TOPIC_ARN, FERRY_TOPIC_ARN",
    "FERRY_BACKUP_BUCKET_NAME, FERRY_BACKUP_BUCKET",
    "FERRY_BACKUPS_PREFIX, FERRY_BACKUP_PREFIX",
    "ferry_brake_afer, FERRY_BRAKE_AFTER",
    "FERRY_LEDGER_TABEL, FERRY_LEDGER_TABLE",
    "ferry.ledger-ttl-days, FERRY_LEDGER_TTL",
    "FERRY_, FERRY_STACK"
  })
  void oneThatIsMistypedIsNamedWithTheNearest(String set, String nearest) {
    assertThat(FerryVariables.unknown(List.of("PATH", set, "FERRY_TOPIC_ARN", "ferry.topic-arn")))
        .singleElement()
        .asString()
        .startsWith(set.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_") + " is no setting")
        .contains(": " + nearest + " is the nearest.");
  }

  @Test
  void eachIsNamedOnceHoweverItIsListed() {
    assertThat(
            FerryVariables.unknown(List.of("FERRY_MAX_CALL", "ferry.max-call", "ferry.max.call")))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FERRYBOAT_NAME", "MY_FERRY_TOPIC", "ferry.topic.arn", "FERRY_TOPIC_ARN"})
  void othersAreNoneOfOurs(String set) {
    assertThat(FerryVariables.unknown(List.of(set))).isEmpty();
  }

  /** The methods of {@link FerryConfig} that are set from outside. */
  static Stream<Method> settings() {
    return Stream.of(FerryConfig.class.getDeclaredMethods())
        .filter(it -> !it.isDefault() && !it.isSynthetic());
  }

  /** The variable that sets what a method answers. */
  static String variable(Method method) {
    String name =
        Optional.ofNullable(method.getAnnotation(WithName.class))
            .map(WithName::value)
            .orElseGet(() -> method.getName().replaceAll("([A-Z])", "-$1"));
    return "FERRY_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
