package dev.numberferry.ledger;

import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * All that is known of a number.
 *
 * @param revision the revision as it was read: a write succeeds only on top of it; 0 where there is
 *     no entry yet
 * @param attempts oldest first
 * @param last the last result that was no attempt, or null
 */
public record LedgerEntry(
    PhoneNumberId number, long revision, List<Attempt> attempts, MigrationResult last) {

  /** For how long an unknown outcome is looked at again. */
  private static final Duration WATCHED = Duration.ofHours(2);

  /** An item holds 400 KB at the most, and an attempt takes about 1 KB of it. */
  static final int KEPT = 100;

  /** The entry of a number that was never heard of. */
  public static LedgerEntry empty(PhoneNumberId number) {
    return new LedgerEntry(number, 0, List.of(), null);
  }

  /** This entry as it stands in the ledger after it was written. */
  LedgerEntry written() {
    return new LedgerEntry(number, revision + 1, attempts, last);
  }

  /**
   * The same entry with one more attempt. Where there are too many, one that sent nothing goes: the
   * calls of the last 72 hours and the PINs that were refused must be kept in mind.
   */
  public LedgerEntry with(Attempt attempt) {
    List<Attempt> all = new ArrayList<>(attempts);
    all.add(attempt);
    if (all.size() > KEPT) {
      all.stream()
          .filter(it -> !it.mayHaveCalled())
          .findFirst()
          .ifPresentOrElse(all::remove, () -> all.remove(0));
    }
    return new LedgerEntry(number, revision, List.copyOf(all), last);
  }

  /** The same entry with a result that was no attempt. */
  public LedgerEntry with(MigrationResult result) {
    return new LedgerEntry(number, revision, attempts, result);
  }

  /** Changes the attempt with this id. */
  public LedgerEntry change(String migrationId, UnaryOperator<Attempt> change) {
    return new LedgerEntry(
        number,
        revision,
        attempts.stream()
            .map(it -> it.migrationId().equals(migrationId) ? change.apply(it) : it)
            .toList(),
        last);
  }

  public Optional<Attempt> attempt(String migrationId) {
    return newest(it -> it.migrationId().equals(migrationId));
  }

  /** The newest attempt of a kind. */
  public Optional<Attempt> newest(Predicate<Attempt> kind) {
    return attempts.stream().filter(kind).reduce((one, next) -> next);
  }

  public Optional<Attempt> open() {
    return newest(Attempt::isOpen);
  }

  /** When somebody has to look at this entry again, if at all. */
  public Optional<Instant> due(Instant now, Duration longestRun) {
    return attempts.stream()
        .filter(it -> it.isOpen() || !it.published() || isWatched(it, now))
        .map(it -> it.published() ? it.endedAt() : it.claimedAt().plus(longestRun))
        .min(Instant::compareTo);
  }

  /** Whether this is an unknown outcome of late, which may yet turn out well. */
  public boolean isWatched(Attempt attempt, Instant now) {
    return attempt.ended(Status.UNKNOWN)
        && newest(Attempt::mayHaveCalled).filter(attempt::equals).isPresent()
        && now.isBefore(attempt.endedAt().plus(WATCHED));
  }
}
