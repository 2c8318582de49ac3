package dev.numberferry.rules;

import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.RegisterLimit;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.Upload;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.LedgerEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What earlier uploads and calls of a number have to say against one more call. */
final class HistoryRules {

  private HistoryRules() {}

  /**
   * @param current whether an upload's object is still the current one under its key
   */
  static Optional<Outcome> superseded(
      LedgerEntry entry, MigrationRequest request, Predicate<Upload> current, Instant now) {
    return request
        .delivery()
        .upload()
        .map(it -> it.believedAt(now))
        .filter(
            mine ->
                entry.uploads().anyMatch(it -> it.isNewerThan(mine))
                    || entry.uploads().anyMatch(it -> isUnordered(mine, it)) && !current.test(mine))
        .map(
            mine ->
                Outcome.withheld(
                    Reason.SUPERSEDED,
                    "a newer upload of this number's backup is known",
                    "Upload this older backup again if it is the right one, else leave it."));
  }

  /** Of an event that comes again its own upload may be known: nothing is older than itself. */
  private static boolean isUnordered(Upload mine, Upload known) {
    return !known.equals(mine) && mine.isUnorderedWith(known);
  }

  static Optional<Outcome> afterUnknown(LedgerEntry entry) {
    return entry
        .newestCall()
        .filter(it -> it.ended(Status.UNKNOWN))
        .map(
            it ->
                Outcome.withheld(
                    Reason.AFTER_UNKNOWN,
                    "the effect of the call in migration " + it.migrationId() + " is unknown",
                    "Look at the number in WhatsApp Manager and at the old deployment; if the"
                        + " number has not moved, send the event with a retry."))
        .map(outcome -> outcome.withLiftable(true));
  }

  static Optional<Outcome> blocked(LedgerEntry entry, Instant now) {
    return entry
        .newest(it -> !it.isOpen() && isAfter(it.ending().outcome().retryAfter(), now))
        .map(
            it ->
                Outcome.withheld(
                        Reason.BLOCKED,
                        "WhatsApp wants a wait after code " + it.errorCode().orElse(null),
                        "Wait until then, and send the event with a retry.")
                    .withUntil(it.ending().outcome().retryAfter()))
        .map(outcome -> outcome.withLiftable(true));
  }

  static Optional<Outcome> callBudget(LedgerEntry entry, int limit, Instant now) {
    List<Instant> calls =
        entry.attempts().stream()
            .filter(Attempt::mayHaveCalled)
            .map(Attempt::calledAt)
            .filter(it -> it.isAfter(now.minus(RegisterLimit.WINDOW)))
            .sorted()
            .toList();
    if (calls.size() < limit) {
      return Optional.empty();
    }
    Outcome outcome =
        Outcome.withheld(
                Reason.CALL_BUDGET,
                calls.size() + " register calls in 72 hours, and WhatsApp allows 10",
                calls.size() >= RegisterLimit.CALLS
                    ? "Wait until then: not even a retry goes beyond WhatsApp's limit."
                    : "Find out why so many failed; then wait until then, or send the event with a"
                        + " retry.")
            .withUntil(calls.get(calls.size() - limit).plus(RegisterLimit.WINDOW));
    return Optional.of(outcome.withLiftable(calls.size() < RegisterLimit.CALLS));
  }

  private static boolean isAfter(@Nullable Instant time, Instant now) {
    return time != null && time.isAfter(now);
  }
}
