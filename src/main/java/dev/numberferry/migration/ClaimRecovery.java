package dev.numberferry.migration;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.StoreException;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.ledger.NumberLedger;
import dev.numberferry.rules.CallRules;
import dev.numberferry.secrets.NumberSecrets;
import dev.numberferry.whatsapp.LookupResult;
import dev.numberferry.whatsapp.NumberLookup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Finishes what a run has left behind: its claim is closed with the state that one look at the
 * number shows. It never calls {@code register}.
 */
@ApplicationScoped
class ClaimRecovery {

  private static final Logger LOG = Logger.getLogger(ClaimRecovery.class);

  private final FerryConfig config;
  private final CallRules rules;
  private final NumberLedger ledger;
  private final NumberSecrets secrets;
  private final NumberLookup lookup;
  private final AttemptCompletion completion;
  private final MigrationRuns runs;

  ClaimRecovery(
      FerryConfig config,
      NumberLedger ledger,
      NumberSecrets secrets,
      NumberLookup lookup,
      AttemptCompletion completion,
      MigrationRuns runs) {
    this.config = config;
    this.rules = new CallRules(config.maxCalls(), config.longestRun());
    this.ledger = ledger;
    this.secrets = secrets;
    this.lookup = lookup;
    this.completion = completion;
    this.runs = runs;
  }

  /**
   * A number's entry, after the claim in it was closed if that is older than the longest run.
   *
   * @param by which way came in what asks for it
   * @throws StoreException if the ledger cannot be read or written
   */
  LedgerSnapshot recovered(PhoneNumberId number, String by) {
    return recovered(ledger.read(number), by, () -> true);
  }

  /**
   * The same where looks are scarce: without one the claim is closed as unknown, since an open
   * claim holds back everything that comes for the number. A later sweep looks then.
   *
   * @param snapshot the entry as it was read
   * @param mayLook asked where a look is to be made
   */
  LedgerSnapshot recovered(LedgerSnapshot snapshot, String by, BooleanSupplier mayLook) {
    return snapshot
        .entry()
        .open()
        .filter(it -> it.isStale(snapshot.now(), config.longestRun()))
        .map(it -> close(snapshot, it, by, mayLook.getAsBoolean()))
        .orElse(snapshot);
  }

  /** Looks once more at a number whose last call had an unknown effect. */
  LedgerSnapshot lookAgain(LedgerSnapshot snapshot, Attempt unknown, String by) {
    try (LogContext context = linesOf(snapshot, unknown, by)) {
      Outcome outcome = conclude(snapshot, unknown, unknown.ending().outcome().error());
      return outcome.status() == Status.MIGRATED
          ? end(snapshot, unknown, by, outcome)
          : ledger.keepLook(snapshot, unknown);
    }
  }

  /** What is done about an attempt is told in lines of its run. */
  private static LogContext linesOf(LedgerSnapshot snapshot, Attempt attempt, String by) {
    LogContext context = LogContext.ofMigration(attempt.migrationId(), by);
    LogContext.isAbout(snapshot.entry().number());
    return context;
  }

  /**
   * Publishes the results that were not published yet, the oldest first: after an older one the
   * newest call may have to be published once more.
   */
  void publishLeftovers(LedgerSnapshot snapshot, String by) {
    LedgerSnapshot known = snapshot;
    for (Attempt each : snapshot.entry().attempts()) {
      Optional<Attempt> leftover =
          known.entry().attempt(each.migrationId()).filter(it -> !it.isOpen() && !it.published());
      if (leftover.isPresent()) {
        known = completion.completeRecordedOrThrow(known, leftover.get(), by);
      }
    }
  }

  private LedgerSnapshot close(LedgerSnapshot snapshot, Attempt open, String by, boolean look) {
    try (LogContext context = linesOf(snapshot, open, by)) {
      LOG.warnf("Closing the claim of migration %s, whose run is over", open.migrationId());
      ErrorDetails error =
          ErrorDetails.of(
              "the run ended and recorded nothing: an earlier message or log line of this migration"
                  + " may know better, perhaps that nothing was sent, or that the PIN was refused");
      return end(
          snapshot, open, by, look ? conclude(snapshot, open, error) : Reconciler.notAsked(error));
    }
  }

  private Outcome conclude(LedgerSnapshot snapshot, Attempt attempt, @Nullable ErrorDetails error) {
    return Reconciler.conclude(error, look(snapshot.entry().number(), attempt.key().secretId()));
  }

  private LookupResult look(PhoneNumberId number, String secretId) {
    try {
      return lookup.look(number, secrets.token(number, secretId));
    } catch (InvalidInputException | StoreException e) {
      return LookupResult.Failed.of(ErrorDetails.of(e.getMessage()));
    }
  }

  private LedgerSnapshot end(LedgerSnapshot snapshot, Attempt attempt, String by, Outcome outcome) {
    Instant endedAt = snapshot.now();
    try (MigrationRun run = runs.resume(attempt, snapshot.entry().number(), by)) {
      MigrationResult result = run.endAttempt(rules.withRetryAfter(outcome, endedAt), endedAt);
      return ledger.conclude(snapshot, attempt, result, endedAt);
    }
  }
}
