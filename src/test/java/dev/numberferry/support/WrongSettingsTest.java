package dev.numberferry.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.numberferry.standin.LogLines;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrongSettingsTest {

  private static final List<String> PROBLEMS = List.of("A must be b.", "C must be d.");

  @ParameterizedTest
  @ValueSource(strings = {"migrate", "backup-uploaded", "api"})
  void theyStopWhatCallsRegister(String function) {
    assertThat(logged(() -> assertThat(stopping(function)).isEqualTo(PROBLEMS))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sweep", "brake"})
  void elsewhereTheyAreLoggedAndNothingMore(String function) {
    assertThat(logged(() -> assertThat(stopping(function)).isEmpty()))
        .containsExactly("ERROR A must be b.", "ERROR C must be d.");
  }

  @Test
  void allAreNamedAtOnce() {
    assertThatThrownBy(() -> WrongSettings.stop(PROBLEMS))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("Wrong configuration. A must be b. C must be d.");
    assertThatCode(() -> WrongSettings.stop(List.of())).doesNotThrowAnyException();
  }

  private static List<String> stopping(String function) {
    return WrongSettings.stoppingOrLogged(PROBLEMS, function);
  }

  private static List<String> logged(Runnable action) {
    return LogLines.of(WrongSettings.class, action);
  }
}
