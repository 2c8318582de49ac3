package dev.numberferry.migration;

import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Retry;
import dev.numberferry.domain.Status;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.Claim.Answer;
import dev.numberferry.ledger.Claim.Withheld;
import dev.numberferry.ledger.LedgerEntry;
import java.util.List;
import java.util.Optional;

/** What a retry lifts: only what its author knows of. */
final class RetryRules {

  /** How many attempts the answer to an outdated retry names. */
  private static final int NEWS = 10;

  private RetryRules() {}

  /** The number has moved, unless an operator who knows of that wants one more attempt. */
  static Optional<Answer> alreadyMigrated(LedgerEntry entry, MigrationRequest request) {
    return entry
        .newestCall()
        .filter(it -> it.ended(Status.MIGRATED))
        .filter(it -> request.retry().filter(entry::isKnownTo).isEmpty())
        .map(it -> Withheld.decided(Outcome.alreadyMigrated()));
  }

  static Optional<Answer> outdated(LedgerEntry entry, MigrationRequest request) {
    return request
        .retry()
        .filter(it -> !entry.isKnownTo(it))
        .map(
            it ->
                liftable(
                    entry,
                    Outcome.withheld(
                        Reason.OUTDATED_RETRY,
                        "retry.after is %s, and %s".formatted(it.after(), since(entry, it)),
                        "Find out what these attempts did; if there is to be one more after them,"
                            + " send the event with the retry.after of this result.")))
        .map(Withheld::decided);
  }

  /** What an operator does not know who knows the history up to a retry's word. */
  private static String since(LedgerEntry entry, Retry retry) {
    List<String> calls =
        entry.attempts().stream()
            .filter(it -> it.mayHaveCalled() && !it.key().isRetry(retry))
            .map(Attempt::reference)
            .toList();
    if (calls.isEmpty()) {
      return "the number has no attempt";
    }
    int known = calls.indexOf(retry.after());
    List<String> news = calls.subList(Math.max(known + 1, calls.size() - NEWS), calls.size());
    return (known < 0 && !retry.after().equals(Retry.NONE)
            ? "that is no attempt of this number as it stands; its newest are "
            : "since then came ")
        + String.join(", ", news);
  }

  /** The same, with what a retry has to say that is to lift it. */
  static Outcome liftable(LedgerEntry entry, Outcome outcome) {
    return outcome.withRetry(entry.nextRetry());
  }
}
