package dev.numberferry.architecture;

import static dev.numberferry.architecture.MainClasses.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One way leads to {@code register}, and nothing beside it calls any of its steps. */
class RegisterCallersTest {

  @ParameterizedTest
  @CsvSource({
    "whatsapp.GraphApi, whatsapp.Registration",
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
}
