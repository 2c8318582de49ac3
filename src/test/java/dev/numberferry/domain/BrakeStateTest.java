package dev.numberferry.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.domain.BrakeState.CountedHarm;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrakeStateTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final BrakeState.Limit LIMIT = new BrakeState.Limit(3, Duration.ofHours(1));

  private BrakeState brake = BrakeState.NEW;

  @Test
  void theHarmThatIsOneTooManyEngagesIt() {
    count("a", NOW.minusSeconds(2));
    count("b", NOW.minusSeconds(1));
    assertThat(brake.engaged()).isNull();

    count("c", NOW);

    assertThat(brake.engaged().harms())
        .extracting(CountedHarm::migrationId)
        .containsExactly("a", "b", "c");
    assertThat(brake.engaged().at()).isEqualTo(NOW);
    assertThat(brake.unpublished("c")).isPresent();
    assertThat(brake.unpublished("b")).isEmpty();
  }

  @Test
  void harmsThatSlipThroughAreCountedAndChangeNothingOfTheEngagement() {
    for (String id : new String[] {"a", "b", "c", "d"}) {
      count(id, NOW);
    }

    assertThat(brake.engaged().brakeId()).isEqualTo("brake-c");
    assertThat(brake.engaged().harms()).hasSize(3);
    assertThat(brake.counts("d")).isTrue();
    assertThat(brake.unpublished("d")).isEmpty();
  }

  @Test
  void theSameHarmCountsOnce() {
    for (int i = 0; i < 5; i++) {
      count("a", NOW.plusSeconds(i));
    }

    assertThat(brake.harms()).hasSize(1);
    assertThat(brake.engaged()).isNull();
  }

  @Test
  void severalHarmsOfOneNumberCountOnce() {
    for (String id : new String[] {"a", "a-2", "a-3", "b"}) {
      count(id, NOW);
    }
    assertThat(brake.engaged()).isNull();

    count("c", NOW);

    assertThat(brake.engaged().harms()).hasSize(5);
    assertThat(brake.engaged().words()).contains("3 numbers");
  }

  @ParameterizedTest
  @CsvSource({"3599, true", "3600, false", "86400, false"})
  void onlyHarmsWithinTheWindowCount(long secondsAgo, boolean engaged) {
    count("a", NOW.minusSeconds(secondsAgo), NOW.minusSeconds(secondsAgo));
    count("b", NOW);
    count("c", NOW);

    assertThat(brake.engaged() != null).isEqualTo(engaged);
  }

  @Test
  void whatIsHeardOfTooLateIsNotCounted() {
    count("late", NOW.minus(Duration.ofHours(2)));

    assertThat(brake).isEqualTo(BrakeState.NEW);
  }

  @Test
  void whatTurnedOutToBeNoHarmNoLongerCounts() {
    count("a", NOW);
    count("b", NOW);
    brake = brake.forgetting("a");
    count("c", NOW);

    assertThat(brake.engaged()).isNull();
    assertThat(brake.forgetting("never heard of")).isEqualTo(brake);
  }

  @Test
  void aReleaseKeepsWhoAndWhyAndResetsTheCount() {
    count("a", NOW);
    count("b", NOW);
    count("c", NOW);
    brake = brake.releasedBy("Ada", "the list is right now", NOW);

    assertThat(brake.engaged()).isNull();
    assertThat(brake.released())
        .isEqualTo(new BrakeState.Release(NOW, "the list is right now", "Ada"));
    count("d", NOW);
    count("e", NOW);
    assertThat(brake.engaged()).isNull();
    count("f", NOW);
    assertThat(brake.engaged().harms()).hasSize(3);
  }

  @Test
  void whatWasCountedBeforeAReleaseIsNotCountedAgainAfterIt() {
    count("a", NOW);
    brake = brake.releasedBy("Ada", "the list is right now", NOW);
    brake = brake.releasedBy("Ada", "once more", NOW);

    count("a", NOW);

    assertThat(brake.harms()).isEmpty();
  }

  @Test
  void aPersonEngagesItWhateverTheCountAndAnEngagedOneStaysAsItIs() {
    brake = brake.engagedBy("Ada", "the list looks wrong", NOW, "first");

    assertThat(brake.engaged().harms()).isEmpty();
    assertThat(brake.engaged().words()).contains("Ada", "the list looks wrong");
    assertThat(brake.engagedBy("Bob", "me too", NOW, "second")).isEqualTo(brake);
  }

  @Test
  void aMessageIsMarkedForItsOwnEngagementOnly() {
    brake = brake.engagedBy("Ada", "the list looks wrong", NOW, "first");
    assertThat(brake.published("other").unpublished()).isPresent();

    assertThat(brake.published("first").unpublished()).isEmpty();
    assertThat(BrakeState.NEW.published("first")).isEqualTo(BrakeState.NEW);
  }

  @Test
  void zeroHarmsMeansThatNoNumberOfThemEngagesIt() {
    for (int i = 0; i < 9; i++) {
      brake =
          brake.counting(
              harm("m" + i, NOW), new BrakeState.Limit(0, Duration.ofHours(1)), NOW, "id");
    }

    assertThat(brake.engaged()).isNull();
  }

  @Test
  void itStaysSmallHoweverManyHarmsThereAre() {
    for (int i = 0; i < 600; i++) {
      count("m" + i, NOW);
    }
    brake = brake.releasedBy("Ada", "one", NOW);
    for (int i = 600; i < 1200; i++) {
      count("m" + i, NOW);
    }
    brake = brake.releasedBy("Ada", "two", NOW);

    assertThat(brake.releasedHarms()).hasSize(500);
    assertThat(brake.releasedHarms().get(499).migrationId()).isEqualTo("m1199");
  }

  private void count(String id, Instant at) {
    count(id, at, NOW);
  }

  private void count(String id, Instant at, Instant now) {
    brake = brake.counting(harm(id, at), LIMIT, now, "brake-" + id);
  }

  /** The harm of a migration, which is one of the number that its id begins with. */
  private static CountedHarm harm(String id, Instant at) {
    int number = 100_000_000 + id.split("-")[0].hashCode();
    return new CountedHarm(id, new PhoneNumberId(Integer.toString(number)), Harm.LINE_DOWN, at);
  }
}
