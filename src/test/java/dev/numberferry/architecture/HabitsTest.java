package dev.numberferry.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static dev.numberferry.architecture.MainClasses.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.numberferry.metrics.StandardOutput;
import dev.numberferry.support.Machine;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;
import java.io.FileDescriptor;
import java.lang.annotation.Annotation;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds in every class, whatever its room. */
class HabitsTest {

  private static final Set<String> OF_THE_MACHINE =
      Set.of(
          "Clock.systemUTC",
          "Instant.now",
          "System.currentTimeMillis",
          "System.nanoTime",
          "Thread.sleep",
          "UUID.randomUUID",
          "ThreadLocalRandom.current",
          "SecureRandom.<init>",
          "Random.<init>",
          "Math.random");

  /** A constructor shows what a class needs, and a test can call it. */
  @ParameterizedTest
  @ValueSource(classes = {Inject.class, ConfigProperty.class, RestClient.class})
  void nothingIsInjectedIntoAField(Class<? extends Annotation> annotation) {
    noFields().should().beAnnotatedWith(annotation).check(ALL);
  }

  /** The log is one JSON object a line; what is printed beside it is neither. */
  @Test
  void nothingIsPrinted() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(ALL);
  }

  /** But for the lines that are metrics as well: a handler of the log would wrap them. */
  @Test
  void oneClassWritesToTheStandardOutput() {
    noClasses()
        .that()
        .areNotAssignableTo(StandardOutput.class)
        .should()
        .dependOnClassesThat()
        .areAssignableTo(FileDescriptor.class)
        .check(ALL);
  }

  /** Quarkus' own line about one that fails is off. */
  @Test
  void everyFunctionLogsWhyItFails() {
    methods()
        .that()
        .areAnnotatedWith(Funq.class)
        .should(
            new ArchCondition<>("go through Failures.logged") {
              @Override
              public void check(JavaMethod function, ConditionEvents events) {
                boolean logs =
                    function.getMethodCallsFromSelf().stream()
                        .map(it -> it.getTarget().getFullName())
                        .anyMatch(it -> it.startsWith("dev.numberferry.function.Failures.logged("));
                events.add(new SimpleConditionEvent(function, logs, function.getFullName()));
              }
            })
        .check(ALL);
  }

  /** What a machine decides and no event does has one place, which a test can take. */
  @Test
  void oneClassAsksTheMachine() {
    noClasses()
        .that()
        .areNotAssignableTo(Machine.class)
        .should()
        .accessTargetWhere(
            describe(
                "the machine is asked",
                access ->
                    OF_THE_MACHINE.contains(
                        access.getTargetOwner().getSimpleName() + "." + access.getName())))
        .check(ALL);
  }

  /** And its package-info says what it is. */
  @Test
  void noTypeOfARoomIsNullWhereItDoesNotSaySo() {
    assertThat(ALL.stream().map(JavaClass::getPackage).distinct())
        .allMatch(room -> room.isAnnotatedWith(NullMarked.class));
  }
}
