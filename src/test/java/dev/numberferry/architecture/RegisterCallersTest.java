package dev.numberferry.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.numberferry.architecture.MainClasses.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.numberferry.support.Primer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One way leads to {@code register}, and nothing beside it calls any of its steps. */
class RegisterCallersTest {

  @ParameterizedTest
  @CsvSource({
    "whatsapp.RegisterApi, whatsapp.Registration",
    "whatsapp.Registration, migration.RegisterStep",
    "migration.RegisterStep, migration.Migrator"
  })
  void registerIsCalledFromOnePlace(String callee, String caller) {
    var calls =
        MainClasses.named(callee).getMethods().stream()
            .filter(method -> method.getName().equals("register"))
            .flatMap(method -> method.getAccessesToSelf().stream())
            .map(access -> access.getOriginOwner().getName());

    assertThat(calls).containsExactly(ROOT + "." + caller);
  }

  /** A list of thousands of numbers is at hand there. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "whatsapp.GraphApi",
        "whatsapp.RegisterApi",
        "whatsapp.Registration",
        "migration.Migrator",
        "secrets.SecretStore",
        "messaging.ResultTopic",
        "messaging.MigrationQueue",
        "ledger.NumberLedger"
      })
  void theFleetMovesNothingItself(String never) {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".fleet")
        .or(simpleName("FleetFunction"))
        .should()
        .transitivelyDependOnClassesThat(type(MainClasses.named(never).reflect()))
        .check(MainClasses.ALL);
  }

  /** Priming runs at each start of a process, before there is an event. */
  @ParameterizedTest
  @ValueSource(strings = {"whatsapp.GraphApi", "whatsapp.RegisterApi", "whatsapp.Registration"})
  void primingIsNeverGivenWhatCouldCallRegister(String never) {
    var primers = describe("primers", (JavaClass it) -> it.isAssignableTo(Primer.class));

    noClasses()
        .that(primers.or(simpleName("Priming")))
        .should()
        .transitivelyDependOnClassesThat(type(MainClasses.named(never).reflect()))
        .check(MainClasses.ALL);
  }
}
