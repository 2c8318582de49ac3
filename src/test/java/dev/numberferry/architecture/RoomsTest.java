package dev.numberferry.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.numberferry.architecture.MainClasses.ALL;
import static dev.numberferry.architecture.MainClasses.ROOT;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.numberferry.FerryConfig;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrows between the rooms run downwards only, and rooms side by side do not know each other. */
class RoomsTest {

  private static final List<String> OUTSIDE_ROOMS =
      List.of("whatsapp", "ledger", "secrets", "backup", "bucket", "messaging", "metrics");

  /** What each room may know of ours, besides itself and the operator's settings. */
  private static final Map<String, List<String>> KNOWS =
      Map.ofEntries(
          entry("", List.of("support", "domain")),
          entry("function", List.of("event", "migration", "fleet", "support", "domain")),
          entry("event", List.of("support", "domain")),
          entry(
              "migration",
              Stream.concat(
                      OUTSIDE_ROOMS.stream().filter(it -> !it.equals("bucket")),
                      Stream.of("rules", "support", "domain"))
                  .toList()),
          entry("fleet", List.of("event", "ledger", "bucket", "support", "domain")),
          entry("rules", List.of("ledger", "support", "domain")),
          entry("whatsapp", List.of("support", "domain")),
          entry("ledger", List.of("support", "domain")),
          entry("secrets", List.of("support", "domain")),
          entry("backup", List.of("support", "domain")),
          entry("bucket", List.of("support", "domain")),
          entry("messaging", List.of("support", "domain")),
          entry("metrics", List.of("support", "domain")),
          entry("support", List.of("domain")),
          entry("domain", List.of()));

  private static final List<String> WITHOUT_SETTINGS =
      List.of("event", "rules", "support", "domain");

  @Test
  void everyClassIsInARoom() {
    assertThat(ALL.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
        .isEqualTo(KNOWS.keySet().stream().map(RoomsTest::room).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void arrowsRunDownwards(String room) {
    var allowed =
        resideOutsideOfPackage(ROOT + "..")
            .or(resideInAnyPackage(room(room)))
            .or(
                resideInAnyPackage(
                    KNOWS.get(room).stream().map(RoomsTest::room).toArray(String[]::new)));
    classes()
        .that()
        .resideInAPackage(room(room))
        .should()
        .onlyDependOnClassesThat(
            WITHOUT_SETTINGS.contains(room) ? allowed : allowed.or(type(FerryConfig.class)))
        .check(ALL);
  }

  static Stream<String> rooms() {
    return KNOWS.keySet().stream().sorted();
  }

  /** Beyond Java itself only what Jackson needs to read and write the records. */
  @Test
  void theDomainKnowsNoAwsNoHttpNoQuarkusAndNoLogger() {
    classes()
        .that()
        .resideInAPackage(room("domain"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            room("domain"),
            "java.lang",
            "java.lang.annotation",
            "java.math",
            "java.nio.charset",
            "java.security",
            "java.time..",
            "java.util",
            "java.util.function",
            "java.util.regex",
            "java.util.stream",
            "com.fasterxml.jackson.annotation",
            "io.soabase.recordbuilder.core",
            "org.jspecify.annotations")
        .check(ALL);
  }

  /** What they decide follows from what they are given, and from nothing else. */
  @Test
  void theRulesKnowNoBeansAndNoLogger() {
    noClasses()
        .that()
        .resideInAPackage(room("rules"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta..", "io.quarkus..", "org.jboss..")
        .check(ALL);
  }

  @Test
  void theDomainDoesNotLogThroughJavaLangEither() {
    noClasses()
        .that()
        .resideInAPackage(room("domain"))
        .should()
        .dependOnClassesThat()
        .areAssignableTo(System.Logger.class)
        .check(ALL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "function",
        "event",
        "migration",
        "fleet",
        "rules",
        "whatsapp",
        "metrics",
        "domain",
        ""
      })
  void awsStaysInTheRoomsThatCallIt(String room) {
    noClasses()
        .that()
        .resideInAPackage(room(room))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .check(ALL);
  }

  @Test
  void httpStaysInTheRoomThatCallsWhatsApp() {
    noClasses()
        .that()
        .resideOutsideOfPackage(room("whatsapp"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta.ws.rs..", "java.net.http..", "org.eclipse.microprofile.rest..")
        .check(ALL);
  }

  private static String room(String name) {
    return name.isEmpty() ? ROOT : ROOT + "." + name;
  }
}
