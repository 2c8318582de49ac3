package dev.numberferry.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.numberferry.domain.BackupSource;
import dev.numberferry.domain.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BackupParserTest {

  private static final String DATA = "V0FCS1VQ+number/ferry==";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | is empty",
        "` \n` | is empty",
        "\"\" | is empty",
        "{\"settings\": {\"data\": \"\"}} | is empty",
        "`V0FCS1VQ+number\nV0FCS1VQ+number` | has line breaks or spaces inside",
        "`{\"data\": \"V0FCS1VQ+number\\nV0FCS1VQ+number\"}` | has line breaks or spaces inside",
        "V0FCS1VQ+number V0FCS1VQ | has line breaks or spaces inside",
        "V0FCS1VQ | is not the string that the backup call returned",
        "V0FCS1VQ+numbér/ferry== | is not the string that the backup call returned",
        "<Error>NoSuchKey</Error> | is not the string that the backup call returned",
        "{\"settings\": {\"data\": 1}} | is JSON without settings.data",
        "{\"settings\": {}} | is JSON without settings.data",
        "{} | is JSON without settings.data",
        "[{\"data\":\"V0FCS1VQ+number/ferry==\"}] | is JSON without settings.data",
        "{\"errors\": [{\"code\": 1000}]} | is the error answer of a backup call that failed",
        "{\"settings\": {\"data\": \"V0FCS1VQ+num | is JSON that cannot be read, perhaps cut off",
      })
  void refusesWhatIsNoBackup(String content, String problem) {
    assertThatThrownBy(() -> BackupParser.read(content))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("backup " + problem)
        .hasMessageNotContaining("V0FC");
  }

  @ParameterizedTest
  @MethodSource
  void readsEveryFormInWhichOperatorsKeepOne(byte[] file) {
    assertThat(BackupParser.read(file).value()).isEqualTo(DATA);
  }

  static Stream<byte[]> readsEveryFormInWhichOperatorsKeepOne() {
    return Stream.of(
            "{\"settings\": {\"data\": \"%s\"}, \"meta\": {\"api_status\": \"stable\"}}",
            "{\"settings\": {\"data\": \"%s\"}}\n",
            "{\"settings\": {\"data\": \"%s\"}, \"errors\": []}",
            "{\"data\": \"%s\"}",
            "%s",
            "%s\r\n",
            "\n\t%s \n",
            "\"%s\"",
            "\"%s\"\n",
            "\uFEFF%s",
            "\uFEFF{\"settings\": {\"data\": \"%s\"}}")
        .map(form -> form.formatted(DATA))
        .flatMap(
            text ->
                Stream.of(
                    text.getBytes(StandardCharsets.UTF_8),
                    ("\uFEFF" + text.replace("\uFEFF", "")).getBytes(StandardCharsets.UTF_16LE),
                    ("\uFEFF" + text.replace("\uFEFF", "")).getBytes(StandardCharsets.UTF_16BE)));
  }

  @Test
  void changesNothingInsideTheString() {
    String odd = "!#$%&'()*+,-./:;=>?@[]^_`|}~\\u0041\\/";

    assertThat(BackupParser.read(odd).value()).isEqualTo(odd);
  }

  @Test
  void doesNotTakeAStringThatOnlyBeginsLikeJsonForJson() {
    assertThat(BackupParser.read("[V0FCS1VQ+number/ferry").value())
        .isEqualTo("[V0FCS1VQ+number/ferry");
  }

  @Test
  void isMaskedWhenPrinted() {
    assertThat(BackupParser.read(DATA)).hasToString("***");
    assertThat(new BackupSource.InlineBackup(DATA)).hasToString("***");
  }
}
