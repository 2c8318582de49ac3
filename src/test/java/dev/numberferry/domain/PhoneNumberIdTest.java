package dev.numberferry.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberIdTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(strings = {"10654", "106540352242922", "12345678901234567890"})
  void takesFiveToTwentyDigits(String id) {
    assertThat(new PhoneNumberId(id)).hasToString(id);
  }

  /** It becomes part of a URL: nothing in it may end the path or begin another one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1065",
        "123456789012345678901",
        "+15551234567",
        "106540352242922/x",
        "../106540352242922",
        "106540352242922?a=b",
        "106540352242922\n",
        " 106540352242922",
        "106540352242922%2F",
        "１０６５４０３５２２４２９２２",
        "١٠٦٥٤٠"
      })
  void takesNothingElse(String id) {
    var refused = catchThrowableOfType(InvalidInputException.class, () -> new PhoneNumberId(id));

    assertThat(refused).hasMessage("phoneNumberId is not 5 to 20 digits");
    assertThat(refused.cure()).endsWith(".");
  }

  @Test
  void saysThatItIsMissing() {
    var refused = catchThrowableOfType(InvalidInputException.class, () -> new PhoneNumberId(null));

    assertThat(refused).hasMessage("phoneNumberId is missing");
  }

  @Test
  void isAPlainTextInJson() throws JsonProcessingException {
    PhoneNumberId id = new PhoneNumberId("106540352242922");

    assertThat(JSON.writeValueAsString(id)).isEqualTo("\"106540352242922\"");
    assertThat(JSON.readValue("\"106540352242922\"", PhoneNumberId.class)).isEqualTo(id);
  }
}
