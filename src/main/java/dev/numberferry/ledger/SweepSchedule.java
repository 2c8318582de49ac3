package dev.numberferry.ledger;

import dev.numberferry.domain.Status;
import dev.numberferry.support.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** When a sweep has to look at a number again; all times are the ledger's. */
public final class SweepSchedule {

  /** For how long an unknown outcome is looked at again. */
  private static final Duration WATCHED = Duration.ofHours(2);

  private static final Duration SHORTEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

  private SweepSchedule() {}

  /** When somebody has to look at an entry again, if at all. */
  public static Optional<Instant> due(LedgerEntry entry, Instant now, Duration longestRun) {
    return entry.attempts().stream()
        .flatMap(it -> due(entry, it, now, longestRun).stream())
        .min(Instant::compareTo);
  }

  private static Optional<Instant> due(
      LedgerEntry entry, Attempt attempt, Instant now, Duration longestRun) {
    if (attempt.isOpen() || !attempt.published()) {
      return Optional.of(attempt.claimedAt().plus(longestRun));
    }
    return isWatched(entry, attempt, now)
        ? Stream.of(looksAt(attempt), attempt.calledAt().plus(WATCHED)).min(Instant::compareTo)
        : Optional.empty();
  }

  /**
   * Whether an attempt is an unknown outcome that sweeps look at: for two hours, and once at least,
   * as many others may have come first.
   */
  public static boolean isWatched(LedgerEntry entry, Attempt attempt, Instant now) {
    return attempt.ended(Status.UNKNOWN)
        && entry.newestCall().filter(attempt::equals).isPresent()
        && (attempt.nextLook() == null || now.isBefore(attempt.calledAt().plus(WATCHED)));
  }

  /** The same attempt after a look that told nothing new; the older it is, the longer the pause. */
  static Attempt lookedAt(Attempt unknown, Instant now) {
    Duration age = Duration.between(unknown.calledAt(), now);
    return unknown.withNextLook(
        now.plus(Durations.shorter(LONGEST_PAUSE, Durations.longer(SHORTEST_PAUSE, age))));
  }

  private static Instant looksAt(Attempt unknown) {
    return unknown.nextLook() == null
        ? unknown.calledAt().plus(SHORTEST_PAUSE)
        : unknown.nextLook();
  }
}
