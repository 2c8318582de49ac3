package dev.numberferry.ledger;

import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Status;
import io.soabase.recordbuilder.core.RecordBuilder;
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
 * @param attempts oldest first
 * @param last the last result that was no attempt, or null
 */
@RecordBuilder
public record LedgerEntry(PhoneNumberId number, List<Attempt> attempts, MigrationResult last)
    implements LedgerEntryBuilder.With {

  /** For how long an unknown outcome is looked at again. */
  private static final Duration WATCHED = Duration.ofHours(2);

  /** An item holds 400 KB at the most, and an attempt takes about 1 KB of it. */
  static final int KEPT = 100;

  /** The entry of a number that was never heard of. */
  static LedgerEntry empty(PhoneNumberId number) {
    return new LedgerEntry(number, List.of(), null);
  }

  /**
   * The same entry with one more attempt. Where there are too many, one that sent nothing goes: the
   * calls of the last 72 hours and the PINs that were refused must be kept in mind.
   */
  LedgerEntry with(Attempt attempt) {
    List<Attempt> all = new ArrayList<>(attempts);
    all.add(attempt);
    if (all.size() > KEPT) {
      all.stream()
          .filter(it -> !it.mayHaveCalled())
          .findFirst()
          .ifPresentOrElse(all::remove, () -> all.remove(0));
    }
    return withAttempts(List.copyOf(all));
  }

  /** Changes the attempt with this id. */
  LedgerEntry change(String migrationId, UnaryOperator<Attempt> change) {
    return withAttempts(
        attempts.stream()
            .map(it -> it.migrationId().equals(migrationId) ? change.apply(it) : it)
            .toList());
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
