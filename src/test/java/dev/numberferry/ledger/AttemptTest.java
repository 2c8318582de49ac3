package dev.numberferry.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.MigrationResultBuilder;
import dev.numberferry.domain.OutcomeBuilder;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.Trigger;
import dev.numberferry.domain.Upload;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class AttemptTest {

  private static final Instant CLAIMED = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant LATER = CLAIMED.plusSeconds(30);
  private static final Duration LONGEST_RUN = Duration.ofSeconds(90);
  private static final Attempt OPEN =
      AttemptBuilder.builder().migrationId("m0").claimedAt(CLAIMED).build();

  /** Whatever its event told of it: S3's order of the uploads of one key needs no time. */
  @Test
  void anUploadIsKnownByWhatTriggeredIt() {
    StoredBackup object = new StoredBackup("bucket", "key", null);
    Attempt uploaded = OPEN.withTrigger(Trigger.UPLOAD).withBackup(object);

    assertThat(uploaded.upload()).contains(new Upload(object, null, null));
    assertThat(uploaded.withSequencer("01").upload()).contains(new Upload(object, null, "01"));
    assertThat(uploaded.withTrigger(Trigger.DIRECT).withEventTime(CLAIMED).upload()).isEmpty();
    assertThat(uploaded.withBackup(null).withEventTime(CLAIMED).upload()).isEmpty();
  }

  @Test
  void anOpenAttemptIsStaleOnceTheLongestRunIsOver() {
    Instant over = CLAIMED.plus(LONGEST_RUN);

    assertThat(OPEN.isStale(over.minusMillis(1), LONGEST_RUN)).isFalse();
    assertThat(OPEN.isStale(over, LONGEST_RUN)).isTrue();
  }

  @Test
  void anAttemptThatHasEndedIsNeverStale() {
    Attempt ended = OPEN.ended(result(Status.UNKNOWN), LATER);

    assertThat(ended.isOpen()).isFalse();
    assertThat(ended.isStale(CLAIMED.plus(Duration.ofDays(9)), LONGEST_RUN)).isFalse();
  }

  @Test
  void aNewResultIsNotPublishedYet() {
    Attempt published = OPEN.ended(result(Status.UNKNOWN), LATER).withPublished(true);

    assertThat(published.ended(result(Status.MIGRATED), LATER).published()).isFalse();
  }

  @Test
  void itsRunEndsAnOpenAttemptHoweverItWent() {
    Attempt ended = OPEN.endedByItsRun(result(Status.UNKNOWN), LATER);

    assertThat(ended.ended(Status.UNKNOWN)).isTrue();
    assertThat(ended.endedAt()).isEqualTo(LATER);
  }

  /** The claim was closed without its run, which then comes back with WhatsApp's answer. */
  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      names = {"MIGRATED", "REJECTED", "NOT_SENT"})
  void whatItsRunKnowsOutranksWhatWasConcludedWithoutIt(Status known) {
    Attempt concluded = OPEN.ended(result(Status.UNKNOWN), LATER).withPublished(true);

    Attempt corrected = concluded.endedByItsRun(result(known), LATER.plusSeconds(1));

    assertThat(corrected.ended(known)).isTrue();
    assertThat(corrected.published()).isFalse();
  }

  @Test
  void aRunThatKnowsNothingChangesNothing() {
    Attempt concluded = OPEN.ended(result(Status.MIGRATED), LATER).withPublished(true);

    assertThat(concluded.endedByItsRun(result(Status.UNKNOWN), LATER.plusSeconds(1)))
        .isEqualTo(concluded);
  }

  @Test
  void whatIsBetterKnownIsPublishedOnceMoreAfterWhatIsLessKnown() {
    Attempt corrected = OPEN.ended(result(Status.MIGRATED), LATER).withPublished(true);

    assertThat(corrected.heard(result(Status.UNKNOWN)).published()).isFalse();
    assertThat(corrected.heard(result(Status.MIGRATED)).published()).isTrue();
  }

  /** Who concluded something else may publish that between the two. */
  @Test
  void whatItsRunOverrulesWithIsHeardTwice() {
    MigrationResult known = result(Status.MIGRATED);
    Attempt corrected =
        OPEN.ended(result(Status.UNKNOWN), LATER).endedByItsRun(known, LATER.plusSeconds(1));

    assertThat(corrected.heard(known).published()).isFalse();
    assertThat(corrected.heard(known).heard(known).published()).isTrue();
    assertThat(corrected.endedByItsRun(known, LATER).heard(known).published()).isFalse();
    assertThat(OPEN.endedByItsRun(known, LATER).heard(known).published()).isTrue();
  }

  /** Somebody may just have published it, and not have marked that yet. */
  @Test
  void whatIsLessKnownMayBeHeardBeforeTheMarkOfWhatIsBetterKnown() {
    MigrationResult known = result(Status.MIGRATED);
    Attempt heard = OPEN.ended(known, LATER).heard(result(Status.UNKNOWN));

    assertThat(heard.heard(known).published()).isFalse();
    assertThat(heard.heard(known).heard(known).published()).isTrue();
  }

  @Test
  void aRunThatKnowsNothingTellsWhatWasConcludedWithoutIt() {
    MigrationResult unknown = result(Status.UNKNOWN);
    MigrationResult known = result(Status.MIGRATED);

    assertThat(OPEN.ended(known, LATER).bestKnown(unknown)).isEqualTo(known);
    assertThat(OPEN.ended(known, LATER).bestKnown(known.withReplayed(true)))
        .isEqualTo(known.withReplayed(true));
    assertThat(OPEN.bestKnown(unknown)).isEqualTo(unknown);
  }

  /** Its run could not record what it has published. */
  @Test
  void whatIsLessKnownIsNotPublishedOnceMore() {
    Attempt concluded = OPEN.ended(result(Status.UNKNOWN), LATER).withPublished(true);

    assertThat(concluded.heard(result(Status.MIGRATED))).isEqualTo(concluded);
    assertThat(OPEN.heard(result(Status.MIGRATED))).isEqualTo(OPEN);
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      names = {"MIGRATED", "REJECTED", "UNKNOWN"})
  void mayHaveCalledUnlessNothingWasSent(Status status) {
    assertThat(OPEN.mayHaveCalled()).isTrue();
    assertThat(OPEN.ended(result(status), LATER).mayHaveCalled()).isTrue();
  }

  @Test
  void hasNotCalledWhereNothingWasSent() {
    assertThat(OPEN.ended(result(Status.NOT_SENT), LATER).mayHaveCalled()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(value = Status.class, mode = Mode.EXCLUDE, names = "REJECTED")
  void hasOneStatusAndNoCodeWithoutAnError(Status status) {
    Attempt ended = OPEN.ended(result(status), LATER);

    assertThat(ended.ended(status)).isTrue();
    assertThat(ended.ended(Status.REJECTED)).isFalse();
    assertThat(RefusedPin.isOne(ended)).isFalse();
    assertThat(OPEN.ended(status)).isFalse();
  }

  @Test
  void knowsTheUploadThatStartedIt() {
    StoredBackup object = EntryFixture.object("1/backup.json", "a");
    Attempt uploaded = OPEN.withTrigger(Trigger.UPLOAD).withBackup(object).withSequencer("00E6");

    assertThat(uploaded.withEventTime(CLAIMED).upload())
        .contains(new Upload(object, CLAIMED, "00E6"));
    assertThat(uploaded.upload()).contains(new Upload(object, null, "00E6"));
    assertThat(uploaded.withTrigger(Trigger.DIRECT).upload()).isEmpty();
  }

  @Test
  void theCallWasOverAtItsEndOrAsFarAsIsKnownAtItsClaim() {
    assertThat(OPEN.calledAt()).isEqualTo(CLAIMED);
    assertThat(OPEN.ended(result(Status.REJECTED), LATER).calledAt()).isEqualTo(LATER);
  }

  private static MigrationResult result(Status status) {
    return MigrationResultBuilder.builder()
        .migrationId("m0")
        .outcome(OutcomeBuilder.builder().status(status).build())
        .build();
  }
}
