package dev.numberferry.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.secrets.StoredSecret.Fields;
import dev.numberferry.secrets.StoredSecret.PlacedFields;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "000000", "111111", "999999", "121212", "696969", "123123", "112233", "111222", "123321",
        "123456", "654321", "012345", "567890", "098765", "135791", "000001", "100000"
      })
  void knowsWhatIsTooCommon(String pin) {
    assertThat(Pins.isCommon(pin)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"073519", "004711", "847261", "102938", "123457"})
  void leavesWhatIsNot(String pin) {
    assertThat(Pins.isCommon(pin)).isFalse();
  }

  @Test
  void leavesNineTenthsOfAllPins() {
    long left =
        IntStream.range(1_000_000, 2_000_000)
            .mapToObj(it -> String.valueOf(it).substring(1))
            .filter(pin -> !Pins.isCommon(pin))
            .count();

    assertThat(left).isBetween(900_000L, 950_000L);
  }

  @Test
  void makesNoneThatIsTooCommon() {
    assertThat(Stream.generate(() -> Pins.random(ThreadLocalRandom.current())).limit(20_000))
        .allSatisfy(
            pin -> {
              assertThat(pin.value().matches("[0-9]{6}")).isTrue();
              assertThat(Pins.isCommon(pin.value())).isFalse();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"000000", "123456"})
  void usesACommonOneThatIsTheNumbersOwn(String pin) {
    assertThat(Pins.parse(secret(pin)).orElseThrow().value()).isEqualTo(pin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\uFEFF073519", "073519\u200B", "073\u00AD519", "073519\n", "073\u00A0519"})
  void namesAnInvisibleCharacterAndNotTheValue(String pin) {
    assertThatThrownBy(() -> Pins.parse(secret(pin)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("pin in secret whatsapp/1 has an invisible character in it");
  }

  private static PlacedFields secret(String pin) {
    return new PlacedFields("secret whatsapp/1", new Fields(null, null, null, pin));
  }
}
