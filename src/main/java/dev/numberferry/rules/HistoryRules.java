package dev.numberferry.rules;

import dev.numberferry.domain.Lock;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.RegisterLimit;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.Upload;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What earlier uploads and calls of a number have to say against one more call. */
final class HistoryRules {

  private HistoryRules() {}

  /**
   * @param successor what is current instead of the uploaded version of the object
   */
  static Optional<Outcome> superseded(
      LedgerEntry entry, MigrationRequest request, Supplier<Optional<String>> successor) {
    return request
        .delivery()
        .upload()
        .flatMap(mine -> newer(entry, mine).or(() -> replaced(mine, successor)))
        .map(
            problem ->
                Outcome.withheld(
                    Reason.SUPERSEDED,
                    problem,
                    "Upload this backup again if it is the right one, else leave it."));
  }

  private static Optional<String> newer(LedgerEntry entry, Upload mine) {
    return entry.uploads().anyMatch(it -> it.isNewerThan(mine))
        ? Optional.of("a newer upload of this number's backup is known")
        : Optional.empty();
  }

  private static Optional<String> replaced(Upload mine, Supplier<Optional<String>> successor) {
    return successor
        .get()
        .map(
            it ->
                "%s is not the current version any more: %s"
                    .formatted(mine.object().reference(), it));
  }

  /**
   * Until when WhatsApp may be at work on the newest call, which nobody has seen fail: as long as a
   * run may last, from the end on that the ledger has of it.
   */
  static Optional<Instant> atWorkUntil(LedgerEntry entry, Duration longestRun, Instant now) {
    return entry
        .newestCall()
        .filter(it -> it.ended(Status.UNKNOWN) || it.ended(Status.MIGRATED))
        .map(it -> it.calledAt().plus(longestRun))
        .filter(now::isBefore);
  }

  /**
   * @param atWorkUntil before this a retry does not lift it either
   */
  static Optional<Outcome> afterUnknown(LedgerEntry entry, Optional<Instant> atWorkUntil) {
    return entry
        .newestCall()
        .filter(it -> it.ended(Status.UNKNOWN))
        .map(
            it ->
                Outcome.withheld(
                    Reason.AFTER_UNKNOWN,
                    "the effect of the call in migration " + it.migrationId() + " is unknown",
                    "Look at the number in WhatsApp Manager and at the old deployment; if the"
                        + " number has not moved, send the event with a retry"
                        + (atWorkUntil.isPresent() ? ", from retryAfter on." : ".")))
        .map(outcome -> outcome.withRetryAfter(atWorkUntil.orElse(null)).withLiftable(true));
  }

  /** While it lasts, WhatsApp refuses every call, with whatever PIN: a retry would do harm only. */
  static Optional<Outcome> locked(LedgerEntry entry, Instant now) {
    return entry
        .newest(it -> lockedUntil(it).filter(now::isBefore).isPresent())
        .map(
            it ->
                blocked(
                    it,
                    lockedUntil(it).orElseThrow(),
                    "Wait until then, as no retry lifts this; then send the same event again"
                        + (it.harm().isPresent()
                            ? ", with a retry if its PIN is the one that was refused."
                            : ".")));
  }

  /** Entries of earlier versions may have no time, but they have WhatsApp's words. */
  private static Optional<Instant> lockedUntil(Attempt attempt) {
    return Optional.ofNullable(attempt.result())
        .map(MigrationResult::outcome)
        .filter(it -> it.status() == Status.REJECTED)
        .flatMap(
            it ->
                Optional.ofNullable(it.error())
                    .flatMap(Lock::of)
                    .map(
                        wait ->
                            Objects.requireNonNullElse(
                                it.retryAfter(), attempt.calledAt().plus(wait))));
  }

  /** What an unknown outcome tells of a retry is no wait that WhatsApp wants. */
  static Optional<Outcome> blocked(LedgerEntry entry, Instant now) {
    return entry
        .newest(it -> it.ended(Status.REJECTED) && isAfter(it.ending().outcome().retryAfter(), now))
        .map(
            it ->
                blocked(
                    it,
                    it.ending().outcome().retryAfter(),
                    "Wait until then, and send the same event again; only a retry lifts this"
                        + " before."))
        .map(outcome -> outcome.withLiftable(true));
  }

  private static Outcome blocked(Attempt attempt, @Nullable Instant until, String nextStep) {
    return Outcome.withheld(
            Reason.BLOCKED,
            "WhatsApp wants a wait after code " + attempt.errorCode().orElse(null),
            nextStep)
        .withUntil(until);
  }

  static Optional<Outcome> callBudget(LedgerEntry entry, int limit, Instant now) {
    List<Instant> calls = entry.recentCalls(now);
    if (calls.size() < limit) {
      return Optional.empty();
    }
    Outcome outcome =
        Outcome.withheld(
                Reason.CALL_BUDGET,
                calls.size() + " register calls in 72 hours, and WhatsApp allows 10",
                calls.size() >= RegisterLimit.CALLS
                    ? "Wait until then, and send the same event again: not even a retry goes beyond"
                        + " WhatsApp's limit."
                    : "Find out why so many failed; then wait until then, or send the event with a"
                        + " retry.")
            .withUntil(calls.get(calls.size() - limit).plus(RegisterLimit.WINDOW));
    return Optional.of(outcome.withLiftable(calls.size() < RegisterLimit.CALLS));
  }

  private static boolean isAfter(@Nullable Instant time, Instant now) {
    return time != null && time.isAfter(now);
  }
}
