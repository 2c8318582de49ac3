package dev.numberferry.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.numberferry.domain.BrakeState.CountedHarm;
import dev.numberferry.domain.BrakeState.Engagement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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
    assertThat(brake.isEngaged()).isFalse();

    count("c", NOW);

    assertThat(engagement().harms())
        .extracting(CountedHarm::migrationId)
        .containsExactly("a", "b", "c");
    assertThat(engagement().at()).isEqualTo(NOW);
    assertThat(brake.unpublished("c")).hasSize(1);
    assertThat(brake.unpublished("b")).isEmpty();
  }

  @Test
  void harmsThatSlipThroughAreCountedAndChangeNothingOfTheEngagement() {
    for (String id : new String[] {"a", "b", "c", "d"}) {
      count(id, NOW);
    }

    assertThat(engagement().brakeId()).isEqualTo("brake-c");
    assertThat(engagement().harms()).hasSize(3);
    assertThat(brake.counts("d")).isTrue();
    assertThat(brake.unpublished("d")).isEmpty();
  }

  @Test
  void theSameHarmCountsOnce() {
    for (int i = 0; i < 5; i++) {
      count("a", NOW.plusSeconds(i));
    }

    assertThat(brake.harms()).hasSize(1);
    assertThat(brake.isEngaged()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"3599, true", "3600, false", "86400, false"})
  void onlyHarmsWithinTheWindowCount(long secondsAgo, boolean engaged) {
    count("a", NOW.minusSeconds(secondsAgo), NOW.minusSeconds(secondsAgo));
    count("b", NOW);
    count("c", NOW);

    assertThat(brake.isEngaged()).isEqualTo(engaged);
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

    assertThat(brake.isEngaged()).isFalse();
    assertThat(brake.forgetting("never heard of")).isEqualTo(brake);
  }

  @Test
  void aReleaseKeepsWhoAndWhyAndResetsTheCount() {
    count("a", NOW);
    count("b", NOW);
    count("c", NOW);
    release("brake-c");

    assertThat(brake.isEngaged()).isFalse();
    assertThat(brake.released())
        .contains(new BrakeState.Release("brake-c", NOW, "the list is right now", "Ada"));
    count("d", NOW);
    count("e", NOW);
    assertThat(brake.isEngaged()).isFalse();
    count("f", NOW);
    assertThat(engagement().harms()).hasSize(3);
  }

  @Test
  void whatWasCountedBeforeAReleaseIsNotCountedAgainAfterIt() {
    count("a", NOW);
    count("b", NOW);
    count("c", NOW);
    release("brake-c");

    count("a", NOW);

    assertThat(brake.harms()).isEmpty();
  }

  @Test
  void whereNothingIsEngagedAReleaseChangesNothing() {
    count("a", NOW);
    count("b", NOW);
    BrakeState before = brake;

    release("brake-c");
    brake = brake.releasedBy("Ada", "why", NOW, Optional.empty());

    assertThat(brake).isEqualTo(before);
  }

  @Test
  void aReleaseHasToNameWhatIsEngaged() {
    count("a", NOW);
    count("b", NOW);
    count("c", NOW);
    brake = brake.engagedBy("Ada", "the list looks wrong", NOW, "ada's");

    assertThatThrownBy(() -> release("brake-b"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("brakeId is of nothing that is engaged; the brake is engaged since")
        .hasMessageContaining("after harm to 3 numbers (brakeId brake-c), and since")
        .hasMessageContaining("by Ada: the list looks wrong (brakeId ada's)");
    assertThatThrownBy(() -> brake.releasedBy("Ada", "why", NOW, Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("brakeId is missing; the brake is engaged since");
  }

  @Test
  void harmAndAPersonEngageItBesideEachOther() {
    count("a", NOW);
    count("b", NOW);
    brake = brake.engagedBy("Ada", "the list looks wrong", NOW, "ada's");
    count("c", NOW);

    assertThat(brake.brakeIds()).containsExactly("ada's", "brake-c");
    assertThat(brake.unpublished("c")).extracting(Engagement::brakeId).contains("brake-c");
    release("ada's");
    assertThat(brake.brakeIds()).containsExactly("brake-c");
    brake = brake.engagedBy("Ada", "it still does", NOW, "ada's second");
    release("brake-c");
    assertThat(brake.brakeIds()).containsExactly("ada's second");
  }

  @Test
  void aReleaseOfWhatAPersonEngagedLeavesTheCountAsItIs() {
    count("a", NOW);
    count("b", NOW);
    brake = brake.engagedBy("Ada", "the list looks wrong", NOW, "ada's");

    release("ada's");

    assertThat(brake.harms()).hasSize(2);
    assertThat(brake.releasedHarms()).isEmpty();
    count("c", NOW);
    assertThat(brake.brakeIds()).containsExactly("brake-c");
  }

  @Test
  void aReleaseThatComesAgainDoesNotLiftWhatWasEngagedSince() {
    brake = brake.engagedBy("Ada", "the list looks wrong", NOW, "first");
    release("first");
    brake = brake.engagedBy("Bob", "it does again", NOW, "second");
    BrakeState before = brake;

    release("first");

    assertThat(brake).isEqualTo(before);
  }

  @Test
  void anEngageThatComesAgainAfterItsReleaseChangesNothing() {
    brake = brake.engagedBy("Ada", "the list looks wrong", NOW, "first");
    release("first");

    assertThat(brake.engagedBy("Ada", "the list looks wrong", NOW, "first")).isEqualTo(brake);
  }

  @Test
  void severalHarmsOfOneNumberCountOnce() {
    for (String id : new String[] {"a", "a-2", "a-3", "b"}) {
      count(id, NOW);
    }
    assertThat(brake.isEngaged()).isFalse();

    count("c", NOW);

    assertThat(engagement().harms()).hasSize(5);
    assertThat(engagement().words()).contains("3 numbers");
  }

  @Test
  void aPersonEngagesItWhateverTheCountAndAnEngagedOneStaysAsItIs() {
    brake = brake.engagedBy("Ada", "the list looks wrong", NOW, "first");

    assertThat(engagement().harms()).isEmpty();
    assertThat(engagement().words()).contains("Ada", "the list looks wrong");
    assertThat(engagement().words()).contains("(brakeId first)");
    assertThat(brake.engagedBy("Bob", "me too", NOW, "second")).isEqualTo(brake);
  }

  @Test
  void aMessageIsMarkedForItsOwnEngagementOnly() {
    brake = brake.engagedBy("Ada", "the list looks wrong", NOW, "first");
    assertThat(brake.published("other").unpublished()).hasSize(1);

    assertThat(brake.published("first").unpublished()).isEmpty();
    assertThat(BrakeState.NEW.published("first")).isEqualTo(BrakeState.NEW);
  }

  @Test
  void whatIsReleasedUnheardIsHeardInItsOrder() {
    count("a", NOW);
    count("b", NOW);
    count("c", NOW);
    brake = brake.engagedBy("Ada", "me too", NOW.plusSeconds(1), "ada's");
    release("ada's");

    assertThat(brake.unpublished())
        .extracting(Engagement::brakeId)
        .containsExactly("brake-c", "ada's");
    assertThat(brake.brakeIds()).containsExactly("brake-c");
    assertThat(brake.published("ada's").unheard()).isEmpty();
  }

  @Test
  void whatWasHeardBeforeItsReleaseIsNotKept() {
    brake = brake.engagedBy("Ada", "the list looks wrong", NOW, "first").published("first");

    release("first");

    assertThat(brake.unheard()).isEmpty();
  }

  @Test
  void zeroHarmsMeansThatNoNumberOfThemEngagesIt() {
    for (int i = 0; i < 9; i++) {
      brake =
          brake.counting(
              harm("m" + i, NOW), new BrakeState.Limit(0, Duration.ofHours(1)), NOW, "id");
    }

    assertThat(brake.isEngaged()).isFalse();
  }

  @Test
  void itStaysSmallHoweverManyHarmsThereAre() {
    for (int i = 0; i < 600; i++) {
      count("m" + i, NOW);
    }
    release("brake-m2");
    for (int i = 600; i < 1200; i++) {
      count("m" + i, NOW);
    }
    release("brake-m602");

    assertThat(brake.releasedHarms()).hasSize(500);
    assertThat(brake.releasedHarms().get(499).migrationId()).isEqualTo("m1199");
  }

  @Test
  void releasedHarmsAreForgottenWithTheWindowToo() {
    count("old", NOW.minus(LIMIT.window()).plusSeconds(1));
    count("b", NOW);
    count("c", NOW);
    release("brake-c");

    assertThat(brake.within(LIMIT, NOW).releasedHarms()).hasSize(3);
    assertThat(brake.within(LIMIT, NOW.plusSeconds(1)).releasedHarms())
        .extracting(CountedHarm::migrationId)
        .containsExactly("b", "c");
  }

  private void count(String id, Instant at) {
    count(id, at, NOW);
  }

  private void count(String id, Instant at, Instant now) {
    brake = brake.counting(harm(id, at), LIMIT, now, "brake-" + id);
  }

  private void release(String brakeId) {
    brake = brake.releasedBy("Ada", "the list is right now", NOW, Optional.of(brakeId));
  }

  /** With hundreds of harms in each, more would not fit into the item that must stop everything. */
  @Test
  void ofWhatNobodyHasHeardOfTheNewestFiveAreKept() {
    for (int i = 1; i <= 7; i++) {
      String id = "engagement " + i;
      brake = brake.engagedBy("Ada", "the list looks wrong", NOW.plusSeconds(i), id);
      brake = brake.releasedBy("Ada", "why", NOW.plusSeconds(i), Optional.of(id));
    }

    assertThat(brake.unpublished())
        .extracting(Engagement::brakeId)
        .containsExactly(
            "engagement 3", "engagement 4", "engagement 5", "engagement 6", "engagement 7");
  }

  /** The one that there is. */
  private Engagement engagement() {
    assertThat(brake.engagements()).hasSize(1);
    return brake.engagements().get(0);
  }

  /** The harm of a migration, which is one of the number that its id begins with. */
  private static CountedHarm harm(String id, Instant at) {
    int number = 100_000_000 + id.split("-", -1)[0].hashCode();
    return new CountedHarm(id, new PhoneNumberId(Integer.toString(number)), Harm.LINE_DOWN, at);
  }
}
