package dev.numberferry.ledger;

import static dev.numberferry.ledger.EntryFixture.ended;
import static dev.numberferry.ledger.EntryFixture.refusedWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.MigrationResultBuilder;
import dev.numberferry.domain.NumberState;
import dev.numberferry.domain.NumberStateBuilder;
import dev.numberferry.domain.OutcomeBuilder;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Retry;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.Trigger;
import dev.numberferry.domain.Upload;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LedgerEntryTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final EntryFixture ledger = new EntryFixture();

  @Test
  void isShortenedByTheOldestAttemptThatNobodyNeeds() {
    add("old", ended(Status.REJECTED), Duration.ofHours(73));
    add("unsent", ended(Status.NOT_SENT), Duration.ofHours(1));
    add("called", ended(Status.REJECTED), Duration.ofHours(71));
    add("newest", ended(Status.UNKNOWN), Duration.ofHours(70));

    LedgerEntry shorter = ledger.entry().shortened(NOW).orElseThrow();
    assertThat(versions(shorter)).containsExactly("unsent", "called", "newest");
    LedgerEntry shortest = shorter.shortened(NOW).orElseThrow();
    assertThat(versions(shortest)).containsExactly("called", "newest");
    assertThat(shortest.shortened(NOW)).isEmpty();
  }

  /** What the run of a message then says of the number is news, also if it said so before. */
  @Test
  void whatIsConcludedWithoutItsRunMakesNewsOfWhatWasHeard() {
    Attempt open = ledger.claim(key("open"), NOW, it -> it);
    Heard before = new Heard("message", null, Status.WITHHELD, Reason.AFTER_UNKNOWN, null);
    LedgerEntry heard = ledger.entry().withHeard(Optional.of(before));

    LedgerEntry concluded =
        heard.concluded(
            open,
            MigrationResultBuilder.builder()
                .migrationId(open.migrationId())
                .outcome(OutcomeBuilder.builder().status(Status.UNKNOWN).build())
                .build(),
            NOW);

    assertThat(heard.hasHeard(before)).isTrue();
    assertThat(concluded.hasHeard(before)).isFalse();
  }

  @Test
  void keepsTheNewestCallAndWhatIsOpenOrUnpublishedHoweverOld() {
    ledger.claim(key("open"), NOW.minus(Duration.ofDays(9)), it -> it);
    add("newest", ended(Status.REJECTED), Duration.ofDays(8));

    assertThat(ledger.entry().shortened(NOW)).isEmpty();
  }

  /** Neither a later refusal nor what was not sent mends a line; a move does. */
  @Test
  void harmStandsUntilTheNumberHasMoved() {
    assertThat(ledger.entry().standingHarm()).isEmpty();
    add("wrong", refusedWith(133005), Duration.ofHours(4));
    add("other", refusedWith(133006), Duration.ofHours(3));
    add("unsent", ended(Status.NOT_SENT), Duration.ofHours(2));

    assertThat(ledger.entry().standingHarm().flatMap(Attempt::errorCode)).contains(133005);
    LedgerEntry seen =
        ledger
            .entry()
            .withLast(
                Optional.of(
                    MigrationResultBuilder.builder()
                        .outcome(
                            ended(Status.ALREADY_MIGRATED).apply(OutcomeBuilder.builder()).build())
                        .finishedAt(NOW)
                        .build()));
    assertThat(seen.standingHarm()).isEmpty();
    add("moved", ended(Status.MIGRATED), Duration.ofHours(1));
    assertThat(ledger.entry().standingHarm()).isEmpty();
  }

  /** Seen before it, or seen to be something else, does not take it away. */
  @Test
  void harmStandsWhereTheNumberWasNotSeenMovedAfterIt() {
    add("wrong", refusedWith(133005), Duration.ofHours(4));

    assertThat(seen(Status.ALREADY_MIGRATED, Duration.ofHours(5)).standingHarm()).isPresent();
    assertThat(seen(Status.WITHHELD, Duration.ofHours(1)).standingHarm()).isPresent();
    assertThat(seen(Status.ALREADY_MIGRATED, Duration.ofHours(1)).standingHarm()).isEmpty();
  }

  @Test
  void thatNothingWasSentIsOutdatedByTheSameCallOrByAMove() {
    add("other", ended(Status.MIGRATED), Duration.ofHours(9));
    Attempt unsent = end("same", Status.NOT_SENT, Duration.ofHours(8));
    assertThat(isOutdated(unsent)).isFalse();
    add("other", ended(Status.REJECTED), Duration.ofHours(7));
    add("same", ended(Status.NOT_SENT), Duration.ofHours(6));
    assertThat(isOutdated(unsent)).isFalse();
    assertThat(seen(Status.ALREADY_MIGRATED, Duration.ofHours(9)).isOutdated(unsent)).isFalse();
    assertThat(seen(Status.ALREADY_MIGRATED, Duration.ofHours(7)).isOutdated(unsent)).isTrue();

    Attempt refused = end("same", Status.REJECTED, Duration.ofHours(5));
    assertThat(isOutdated(unsent)).isTrue();
    assertThat(isOutdated(refused)).isFalse();

    Attempt later = end("same", Status.NOT_SENT, Duration.ofHours(4));
    assertThat(isOutdated(later)).isFalse();
    add("other", ended(Status.MIGRATED), Duration.ofHours(3));
    assertThat(isOutdated(later)).isTrue();
    assertThat(isOutdated(refused)).isFalse();
  }

  private boolean isOutdated(Attempt attempt) {
    return ledger.entry().isOutdated(attempt);
  }

  private LedgerEntry seen(Status status, Duration ago) {
    MigrationResult seen =
        MigrationResultBuilder.builder()
            .outcome(OutcomeBuilder.builder().status(status).build())
            .finishedAt(NOW.minus(ago))
            .build();
    return ledger.entry().withLast(Optional.of(seen));
  }

  @Test
  void whatARunLeavesIsKeptUntilAnotherLeavesTheSame() {
    Heard heard = new Heard("message", null, Status.WITHHELD, Reason.BRAKE, null);
    MigrationResult result =
        MigrationResultBuilder.builder()
            .outcome(OutcomeBuilder.builder().status(Status.WITHHELD).build())
            .build();
    LastAnswer all = new LastAnswer(Optional.of(result), Optional.empty(), Optional.of(heard));

    LedgerEntry kept = ledger.entry().with(all).with(LastAnswer.of(Optional.empty()));

    assertThat(kept.last()).contains(result);
    assertThat(kept.hasHeard(heard)).isTrue();
    assertThat(ledger.entry().with(all.unheard()).heard()).isEmpty();
  }

  @Test
  void anAttemptIsFoundByItsId() {
    add("one", ended(Status.REJECTED), Duration.ofHours(2));
    add("other", ended(Status.REJECTED), Duration.ofHours(1));

    assertThat(ledger.entry().attempt("m0").orElseThrow().key().secretVersion()).isEqualTo("one");
    assertThat(ledger.entry().attempt("m2")).isEmpty();
  }

  /** Its run had no message: what another message heard is still the last that was heard. */
  @Test
  void whatIsPublishedWithoutAMessageLeavesWhatWasHeard() {
    Heard heard = new Heard("message", null, Status.WITHHELD, Reason.BRAKE, null);
    Attempt refused = end("v", Status.REJECTED, Duration.ofHours(1));
    LedgerEntry entry = ledger.entry().withHeard(Optional.of(heard));

    assertThat(entry.published(refused.ending(), Optional.empty()).hasHeard(heard)).isTrue();
  }

  @Test
  void keepsWhichPinWasRefusedWhenItsAttemptGoes() {
    add("wrong", refusedWith(133005), Duration.ofDays(9));
    add("newest", ended(Status.REJECTED), Duration.ofHours(1));

    LedgerEntry shorter = ledger.entry().shortened(NOW).orElseThrow();

    assertThat(versions(shorter)).containsExactly("newest");
    assertThat(shorter.refusedPins())
        .containsExactly(new RefusedPin("s", "wrong", 133005, NOW.minus(Duration.ofDays(9))));
  }

  @Test
  void keepsWhichUploadWasTheNewestWhenItsAttemptGoes() {
    Upload upload = new Upload(EntryFixture.object("k", "1"), NOW.minusSeconds(1), "01");
    Attempt uploaded =
        ledger.claim(
            key("old"),
            NOW.minus(Duration.ofDays(9)),
            it ->
                it.trigger(Trigger.UPLOAD)
                    .backup(upload.object())
                    .eventTime(upload.time())
                    .sequencer("01"));
    ledger.end(uploaded, NOW.minus(Duration.ofDays(9)), ended(Status.REJECTED));
    add("newest", ended(Status.REJECTED), Duration.ofHours(1));

    LedgerEntry shorter = ledger.entry().shortened(NOW).orElseThrow();

    assertThat(versions(shorter)).containsExactly("newest");
    assertThat(shorter.uploads()).containsExactly(upload);
  }

  @Test
  void knowsAnUploadThatItHasAndOneThatIsOlder() {
    Upload upload = new Upload(EntryFixture.object("k", "2"), NOW, null);
    LedgerEntry entry = ledger.entry().with(upload);

    assertThat(ledger.entry().knows(upload)).isFalse();
    assertThat(entry.knows(upload)).isTrue();
    assertThat(entry.knows(new Upload(upload.object(), NOW.minusSeconds(1), null))).isTrue();
    assertThat(entry.knows(new Upload(upload.object(), NOW.plusSeconds(1), null))).isFalse();
  }

  @Test
  void aRetryHasToKnowTheNewestAttemptThatMayHaveCalled() {
    assertThat(ledger.entry().nextRetry()).isEqualTo(Retry.after("none"));
    add("called", ended(Status.REJECTED), Duration.ofHours(2));
    add("unsent", ended(Status.NOT_SENT), Duration.ofHours(1));
    add("invalid", ended(Status.INVALID), Duration.ofHours(1));

    assertThat(ledger.entry().nextRetry()).isEqualTo(Retry.after("m0/REJECTED"));
    assertThat(ledger.entry().isKnownTo(new Retry("m0/REJECTED", "why"))).isTrue();
    assertThat(ledger.entry().isKnownTo(new Retry("m0/UNKNOWN", "why"))).isFalse();
    assertThat(ledger.entry().isKnownTo(new Retry("none", "why"))).isFalse();
  }

  @Test
  void theAttemptsOfARetryDoNotMakeItOutdated() {
    Retry retry = new Retry("none", "why");
    ledger.end(key("v").withRetry(retry), NOW, ended(Status.UNKNOWN));

    assertThat(ledger.entry().isKnownTo(retry)).isTrue();
    assertThat(ledger.entry().isKnownTo(new Retry("none", "another reason"))).isFalse();
  }

  @Test
  void knowsThePhoneNumberOfTheNewestResultThatTellsIt() {
    assertThat(ledger.entry().displayPhoneNumber()).isEmpty();
    add("unseen", ended(Status.REJECTED), Duration.ofHours(3));
    add("older", seen("+1 555-123-0000"), Duration.ofHours(2));
    add("newer", seen("+1 555-123-4567"), Duration.ofHours(2));
    add("untold", seen(null), Duration.ofHours(1));
    ledger.claim(key("open"), NOW, it -> it);

    assertThat(ledger.entry().displayPhoneNumber()).contains("+1 555-123-4567");
  }

  private static UnaryOperator<OutcomeBuilder> seen(String number) {
    NumberState state = NumberStateBuilder.builder().displayPhoneNumber(number).build();
    return it -> it.status(Status.UNKNOWN).seen(state);
  }

  @Test
  void theNewestUploadStaysWhateverComesLater() {
    Upload newer = new Upload(EntryFixture.object("k", "2"), NOW, null);
    Upload older = new Upload(EntryFixture.object("k", "1"), NOW.minusSeconds(1), null);

    assertThat(ledger.entry().with(newer).with(older).newestUpload()).contains(newer);
    assertThat(ledger.entry().with(older).with(newer).newestUpload()).contains(newer);
  }

  @Test
  void anUploadThatTellsItsTimeIsKeptRatherThanOneThatTellsNone() {
    Upload timed = new Upload(EntryFixture.object("k", "2"), NOW, null);
    Upload timeless = new Upload(EntryFixture.object("k", "1"), null, "FF");

    assertThat(ledger.entry().with(timeless).with(timed).newestUpload()).contains(timed);
    assertThat(ledger.entry().with(timed).with(timeless).newestUpload()).contains(timed);
  }

  private static Iterable<String> versions(LedgerEntry entry) {
    return entry.attempts().stream().map(it -> it.key().secretVersion()).toList();
  }

  private void add(String secretVersion, UnaryOperator<OutcomeBuilder> how, Duration ago) {
    ledger.end(key(secretVersion), NOW.minus(ago), how);
  }

  private Attempt end(String secretVersion, Status status, Duration ago) {
    return ledger.end(key(secretVersion), NOW.minus(ago), EntryFixture.ended(status));
  }

  private static AttemptKey key(String secretVersion) {
    return AttemptKeyBuilder.builder()
        .backupRead("b")
        .secretId("s")
        .secretVersion(secretVersion)
        .build();
  }
}
