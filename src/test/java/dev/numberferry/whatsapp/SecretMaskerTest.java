package dev.numberferry.whatsapp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskerTest {

  private final SecretMasker masking =
      new SecretMasker(Stream.of("004711", "pass & word", "V0FCS1VQ+number=="));

  @ParameterizedTest
  @CsvSource({
    "the PIN 004711 is wrong, the PIN *** is wrong",
    "(004711), (***)",
    "pass & word!, ***!",
    "?p=pass+%26+word, ?p=***",
    "data V0FCS1VQ+number== is bad, data *** is bad",
    "data V0FCS1VQ+nu... is bad, data *** is bad",
    "data VQ+number== is bad, data *** is bad",
    "data V0FCS1VQ... is bad, data *** is bad",
    "data V0FCS1V... is bad, data V0FCS1V... is bad",
    "100%-complete is bad, 100%-complete is bad",
    "an ordinary sentence of documentation, an ordinary sentence of documentation",
    "(#100) Invalid parameter: backup.data, (#100) Invalid parameter: backup.data",
    "......... wait, ......... wait"
  })
  void masksWholeEncodedAndCutValuesAndNothingElse(String text, String masked) {
    assertThat(masking.mask(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "V0FC+/==V0FC+/==V0FC",
        "V0FC%2B%2F%3D%3DV0FC%2B%2F",
        "2B%2F%3D%3DV0FC%2B%2F%3D%3DV0",
        "V0FC%2B%2F%3D%3D",
        "F%3D%3DV0FC%2B%2F%3D%3DV0FC%2...",
        "V0FC%2B%2F%3D%3DV0FC%2B%2F%",
        "pin=1&data=V0FC%2B%2F%3D%3DV0FC%2B%2F%3D%3D",
        "data=V0FC+/==V0FC+/...",
        "?data=V0FC%2B%2F%3D%3DV0F..."
      })
  void masksWhatIsCutOutOfABackupOfMegabytes(String part) {
    SecretMasker masking = new SecretMasker(Stream.of("V0FC+/==".repeat(100_000)));

    assertThat(masking.mask("data " + part + " is bad")).isEqualTo("data *** is bad");
  }

  @Test
  void leavesWhatDecodedIsTooShortToBeAPart() {
    SecretMasker masking = new SecretMasker(Stream.of("V0FC+/==".repeat(100_000)));

    assertThat(masking.mask("data C%2B%2F%3D is bad")).isEqualTo("data C%2B%2F%3D is bad");
  }

  /** Else the rest of the longer one would stay. */
  @Test
  void masksTheLongerOfTwoThatBeginAlike() {
    SecretMasker masking = new SecretMasker(Stream.of("0047", "004711"));

    assertThat(masking.mask("004711 or 0047")).isEqualTo("*** or ***");
  }

  @Test
  void cutsATextThatIsTooLongForAMessage() {
    assertThat(masking.mask("long ".repeat(1_000))).hasSize(1_001).endsWith("…");
  }

  @Test
  void cutsBetweenCharactersAndNotInsideOfOne() {
    String masked = masking.mask("a" + "⛴\ud83d\ude00 ".repeat(1_000));

    assertThat(masked.codePointCount(0, masked.length())).isEqualTo(1_001);
    assertThat(masked.chars().filter(it -> Character.isSurrogate((char) it)).count() % 2).isZero();
    assertThat(masked).isEqualTo(new String(masked.getBytes(UTF_8), UTF_8));
  }

  @ParameterizedTest
  @CsvSource({"\ud83d", "x\ude00y"})
  void replacesHalfACharacter(String text) {
    assertThat(masking.mask(text)).contains("\ufffd").doesNotContain("\ud83d", "\ude00");
  }
}
