package dev.numberferry.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.OutcomeBuilder;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WaitRuleTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final WaitRule shortest = new WaitRule(giving(false));
  private final WaitRule longest = new WaitRule(giving(true));

  @ParameterizedTest
  @CsvSource({
    "PT1H, PT1H10S, PT1H5M59S",
    "PT5M, PT5M10S, PT5M29S",
    "PT11H, PT11H10S, PT11H50M",
    "PT72H, PT11H50M, PT11H50M",
    "PT-5M, PT10S, PT10S"
  })
  void aRateLimitIsWaitedForUntilItsOwnEnd(Duration left, Duration atLeast, Duration atMost) {
    Outcome outcome = notSent().withRetryAfter(NOW.plus(left));

    assertThat(shortest.wait(Optional.of(outcome), 9, NOW)).isEqualTo(atLeast);
    assertThat(longest.wait(Optional.of(outcome), 9, NOW)).isEqualTo(atMost);
  }

  @ParameterizedTest
  @CsvSource({"PT90S, PT100S, PT109S", "PT1S, PT11S, PT20S", "PT-1H, PT10S, PT10S"})
  void anotherRunIsWaitedForUntilItIsOver(Duration left, Duration atLeast, Duration atMost) {
    Outcome outcome = held(Reason.IN_PROGRESS).withUntil(NOW.plus(left));

    assertThat(shortest.wait(Optional.of(outcome), 9, NOW)).isEqualTo(atLeast);
    assertThat(longest.wait(Optional.of(outcome), 9, NOW)).isEqualTo(atMost);
  }

  @Test
  void theBrakeIsWaitedForAQuarterToHalfAnHourHoweverOften() {
    for (int receives : new int[] {1, 50}) {
      assertThat(shortest.wait(Optional.of(held(Reason.BRAKE)), receives, NOW))
          .isEqualTo(Duration.ofMinutes(15));
      assertThat(longest.wait(Optional.of(held(Reason.BRAKE)), receives, NOW))
          .isEqualTo(Duration.ofMinutes(30).minusSeconds(1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, PT9M, PT11M14S",
    "1, PT9M, PT11M14S",
    "2, PT18M, PT22M29S",
    "4, PT1H12M, PT1H29M59S",
    "5, PT2H, PT2H29M59S",
    "1000, PT2H, PT2H29M59S"
  })
  void anyOtherFailureIsTriedAgainLaterEachTime(int receives, Duration atLeast, Duration atMost) {
    assertThat(shortest.wait(Optional.of(notSent()), receives, NOW)).isEqualTo(atLeast);
    assertThat(longest.wait(Optional.of(notSent()), receives, NOW)).isEqualTo(atMost);
    assertThat(shortest.wait(Optional.empty(), receives, NOW)).isEqualTo(atLeast);
  }

  @Test
  void aRefusalThatCouldNotBePublishedIsNotKeptBackForAsLongAsItAsksFor() {
    Outcome outcome =
        OutcomeBuilder.builder()
            .status(Status.REJECTED)
            .retryAfter(NOW.plus(Duration.ofDays(3)))
            .build();

    assertThat(shortest.wait(Optional.of(outcome), 1, NOW)).isEqualTo(Duration.ofMinutes(9));
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"IN_PROGRESS", "BRAKE"})
  void whatNeedsAPersonDoesNotComeAgain(Reason reason) {
    assertThat(WaitRule.comesAgain(held(reason))).isFalse();
  }

  @Test
  void whatPassesByItselfComesAgain() {
    assertThat(WaitRule.comesAgain(notSent())).isTrue();
    assertThat(WaitRule.comesAgain(held(Reason.IN_PROGRESS))).isTrue();
    assertThat(WaitRule.comesAgain(held(Reason.BRAKE))).isTrue();
    assertThat(WaitRule.comesAgain(Outcome.migrated())).isFalse();
  }

  private static Outcome notSent() {
    return OutcomeBuilder.builder().status(Status.NOT_SENT).build();
  }

  private static Outcome held(Reason reason) {
    return OutcomeBuilder.builder().status(Status.WITHHELD).reason(reason).build();
  }

  /** Gives the smallest or the greatest number that it may. */
  private static RandomGenerator giving(boolean greatest) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new UnsupportedOperationException();
      }

      @Override
      public long nextLong(long origin, long bound) {
        assertThat(origin).isLessThan(bound);
        return greatest ? bound - 1 : origin;
      }
    };
  }
}
