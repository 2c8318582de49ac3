package dev.numberferry.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {

  private static final String TEXT = "{\"pin\": \"Fähre\"}";

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void decodesWithAByteOrderMarkAndWithout(String charset) {
    byte[] plain = TEXT.getBytes(Charset.forName(charset));
    byte[] marked = ("\uFEFF" + TEXT).getBytes(Charset.forName(charset));

    assertThat(Texts.decode(plain)).isEqualTo(TEXT);
    assertThat(Texts.trimmed(Texts.decode(marked))).isEqualTo(TEXT);
  }

  @Test
  void decodesWhatIsTooShortForAMark() {
    assertThat(Texts.decode(new byte[0])).isEmpty();
    assertThat(Texts.decode(new byte[] {'a'})).isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "\uFEFFa b",
        "\uFEFF\uFEFFa b\uFEFF",
        "\u00EF\u00BB\u00BFa b\n",
        "\uFEFF\u00EF\u00BB\u00BF a b",
        "\u200B\u2060a b\u200D",
        " \t\u00A0a b\r\n\u0000",
      })
  void trimsWhatNobodySeesAround(String text) {
    assertThat(Texts.trimmed(text)).isEqualTo("a b");
  }

  @Test
  void trimsAnyAmountOfIt() {
    assertThat(Texts.trimmed("\n".repeat(1_000_000))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a\uFEFFb, true",
    "a\u200Bb, true",
    "a\u00A0b, true",
    "a\u00ADb, true",
    "a b, false",
    "aäb, false"
  })
  void knowsWhatIsInvisible(String text, boolean invisible) {
    assertThat(Texts.hasInvisible(text)).isEqualTo(invisible);
  }

  @Test
  void decodesStrictlyWhatIsAText() {
    assertThat(Texts.decodeStrictly(TEXT.getBytes(StandardCharsets.UTF_8))).contains(TEXT);
    assertThat(Texts.decodeStrictly(TEXT.getBytes(StandardCharsets.UTF_16LE))).contains(TEXT);
    assertThat(Texts.decodeStrictly("ü".getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
    assertThat(Texts.decodeStrictly(new byte[] {'a', 0, 'b'})).isEmpty();
  }

  @Test
  void knowsWhatAWrongEncodingHasChanged() {
    String misread = new String(TEXT.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    String bytes =
        new String(TEXT.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);

    assertThat(Texts.isGarbled("\u00EF\u00BB\u00BF" + misread)).isTrue();
    assertThat(Texts.isGarbled(bytes)).isTrue();
    assertThat(Texts.isGarbled("\u00EF\u00BB\u00BF{\"pin\": \"073519\"}")).isFalse();
    assertThat(Texts.isGarbled("\uFEFF" + TEXT)).isFalse();
  }

  @Test
  void showsANameShortAndPlain() {
    assertThat(Texts.shown("phoneNumberID")).isEqualTo("phoneNumberID");
    assertThat(Texts.shown("Rufnummer ☎ \uD83D\uDE00")).isEqualTo("Rufnummer ☎ \uD83D\uDE00");
    assertThat(Texts.shown("a\nb\uD83Dc\u202Ed")).isEqualTo("a?b?c?d");
    assertThat(Texts.shown("x".repeat(5_000))).isEqualTo("x".repeat(100) + "…");
  }

  @Test
  void cutsNoCharacterInTwo() {
    String cut = Texts.shown("x".repeat(99) + "\uD83D\uDE00");

    assertThat(cut).isEqualTo("x".repeat(99) + "?…");
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(cut)).isTrue();
  }
}
