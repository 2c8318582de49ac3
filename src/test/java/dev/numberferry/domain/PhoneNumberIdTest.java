package dev.numberferry.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberIdTest {

  @ParameterizedTest
  @ValueSource(strings = {"10654", "106540352242922", "99999999999999999999"})
  void anEventGivesDigitsThatDoNotBeginWithZero(String id) {
    assertThat(new PhoneNumberId(id).value()).isEqualTo(id);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "1234",
        "0106540352242922",
        "00000",
        "123456789012345678901",
        "1 0654",
        "+10654"
      })
  void nothingElseIsAnEventsId(String id) {
    assertThatThrownBy(() -> new PhoneNumberId(id))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("phoneNumberId ");
  }

  @ParameterizedTest
  @CsvSource({
    ", is missing",
    "0106540352242922, begins with a zero",
    "1234, is not 5 to 20 digits",
    "00, is not 5 to 20 digits"
  })
  void whatIsWrongWithItIsSaid(String id, String problem) {
    assertThatThrownBy(() -> new PhoneNumberId(id)).hasMessage("phoneNumberId " + problem);
  }

  @Test
  void twoIdsAreTwoNumbers() {
    assertThat(new PhoneNumberId("10654")).isNotEqualTo(new PhoneNumberId("10655"));
  }

  @Test
  void whatAnOlderVersionHasStoredIsRead() throws Exception {
    PhoneNumberId stored = PhoneNumberId.stored("0106540352242922");

    assertThat(new ObjectMapper().readValue("\"0106540352242922\"", PhoneNumberId.class))
        .isEqualTo(stored)
        .hasSameHashCodeAs(stored);
    assertThat(new ObjectMapper().writeValueAsString(stored)).isEqualTo("\"0106540352242922\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../1", "1\n"})
  void whatIsNoDigitsIsNoIdWhereverItComesFrom(String id) {
    assertThatThrownBy(() -> PhoneNumberId.stored(id)).isInstanceOf(InvalidInputException.class);
  }
}
