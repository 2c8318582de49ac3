package dev.numberferry.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LockTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Try again in 12 hours                                | PT12H",
        "in 12 hours                                          | PT12H",
        "after 30 minutes                                     | PT30M",
        "in 12 hours; Locked                                  | PT12H",
        "Please retry after 30 minutes.                       | PT30M",
        "TRY AGAIN IN 12 HOURS!                               | PT12H",
        "try again in 12 hrs                                  | PT12H",
        "wait 12h                                             | PT12H",
        "Wait at least 90 min before you try again            | PT1H30M",
        "You can try again 3600 seconds from now              | PT1H",
        "You can try again in 3,600 seconds                   | PT1H",
        "Try again in 1.5 hours.                              | PT1H30M",
        "Try again in 1,5 hours                               | PT1H30M",
        "Try again in 1 hour and 30 minutes                   | PT1H30M",
        "Try again in 1h30m                                   | PT1H30M",
        "Try again in 2 days, 3 hours, and 4 minutes          | PT51H4M",
        "Try again in an hour                                 | PT1H",
        "Try again in half an hour                            | PT30M",
        "Try again in one day                                 | PT24H",
        "Try again in twenty-four hours                       | PT24H",
        "Try again in twenty four hours                       | PT24H",
        "Try again after a 24-hour pause                      | PT24H",
        "Try again in 12-24 hours                             | PT24H",
        "Try again in 12\u00a0hours                           | PT12H",
        "The number is locked for 7 days                      | PT168H",
        "Blocked for one week.                                | PT168H",
        "Wait 10 minutes. If that does not help, wait 1 hour. | PT1H",
        "Try again in 99999999999999999999 hours              | PT168H",
        "Try again in 30 days                                 | PT168H",
      })
  void isAsLongAsTheWordsSay(String details, Duration wait) {
    assertThat(Lock.of(error(133008, "(#133008) Too many guesses", details))).contains(wait);
    assertThat(Lock.of(error(133009, details, null))).contains(wait);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Too many two-step verification PIN guesses",
        "More than 5 guesses in 24 hours. Please try again later.",
        "Please try again later: that was too often in the last 24 hours",
        "Only 10 attempts within a 24 hour window are allowed",
        "5 guesses per day",
        "Try again in a few hours",
        "Try again in 0 seconds",
        "Try again in 2 months",
        "Try again with error 133008",
        "Wait for message 12 hourly",
        ""
      })
  void isNotToldWhereNoWaitIsAskedFor(String details) {
    assertThat(Lock.of(error(133008, "(#133008) Too many guesses", details))).isEmpty();
  }

  @Test
  void isAsLongAsTheLimitWhereTheCallsAreUsedUpWhateverTheWords() {
    assertThat(Lock.of(error(133016, "Try again in 12 hours", null)))
        .contains(RegisterLimit.WINDOW);
  }

  @ParameterizedTest
  @ValueSource(ints = {133005, 131031, 133015, 4})
  void isNoneAfterAnyOtherCode(int code) {
    assertThat(Lock.of(error(code, "Try again in 12 hours", null))).isEmpty();
  }

  @Test
  void isNoneWhereThereIsNoCode() {
    assertThat(Lock.of(ErrorDetails.of("Try again in 12 hours"))).isEqualTo(Optional.empty());
  }

  private static ErrorDetails error(int code, String message, String details) {
    return ErrorDetailsBuilder.builder().code(code).message(message).details(details).build();
  }
}
