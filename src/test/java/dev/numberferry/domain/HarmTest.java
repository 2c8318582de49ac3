package dev.numberferry.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class HarmTest {

  @ParameterizedTest
  @ValueSource(ints = {133005, 133008, 133009, 131031})
  void aRefusedPinTakesTheLineDown(int code) {
    assertThat(ended(Status.REJECTED, code).harmDone()).contains(Harm.LINE_DOWN);
  }

  @ParameterizedTest
  @ValueSource(ints = {133006, 133016, 190, 100, 4})
  void anotherRefusalDoesNoHarm(int code) {
    assertThat(ended(Status.REJECTED, code).harmDone()).isEmpty();
  }

  @Test
  void aRefusalWithoutACodeDoesNoHarm() {
    assertThat(Outcome.rejected(ErrorDetails.of("success: false"), "Look.").harmDone()).isEmpty();
  }

  @Test
  void anUnknownEffectIsUnclearWhateverTheCode() {
    assertThat(Outcome.unknown(ErrorDetails.of("no answer"), "Look.").harmDone())
        .contains(Harm.UNCLEAR);
    assertThat(ended(Status.UNKNOWN, 133005).harmDone()).contains(Harm.UNCLEAR);
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      mode = Mode.EXCLUDE,
      names = {"REJECTED", "UNKNOWN"})
  void nothingElseDoes(Status status) {
    assertThat(ended(status, 133005).harmDone()).isEmpty();
  }

  private static Outcome ended(Status status, int code) {
    return OutcomeBuilder.builder()
        .status(status)
        .error(ErrorDetailsBuilder.builder().code(code).build())
        .build();
  }
}
