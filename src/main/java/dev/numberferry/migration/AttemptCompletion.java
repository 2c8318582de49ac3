package dev.numberferry.migration;

import dev.numberferry.domain.BrakeState;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.StoreException;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.Attempt.Silence;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.ledger.NumberLedger;
import dev.numberferry.migration.LogContext.Step;
import dev.numberferry.support.Deadline;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Completes attempts: their result is recorded, its harm counted for the brake, published, and
 * marked as published. Nobody can ask WhatsApp for its answer again.
 */
@ApplicationScoped
class AttemptCompletion {

  private static final Logger LOG = Logger.getLogger(AttemptCompletion.class);

  private final NumberLedger ledger;
  private final HarmCount harms;
  private final ResultPublisher publisher;
  private final BrakeAlarm brake;
  private final MigrationRuns runs;

  AttemptCompletion(
      NumberLedger ledger,
      HarmCount harms,
      ResultPublisher publisher,
      BrakeAlarm brake,
      MigrationRuns runs) {
    this.ledger = ledger;
    this.harms = harms;
    this.publisher = publisher;
    this.brake = brake;
    this.runs = runs;
  }

  /**
   * Completes the attempt of a run that goes on until it has just time enough to publish.
   *
   * @param claimed the entry with the run's claim in it
   * @param endedAt when its call was over, by the ledger's clock
   * @param seen gives the outcome after a look at the number, which goes on meanwhile
   * @throws UnfinishedException.NotPublishedException if the topic did not take it
   * @throws UnfinishedException.NotRecordedException if it was published, and could not be recorded
   * @throws UnfinishedException.NotSentException if the same event may be delivered again
   */
  MigrationResult completeOrThrow(
      MigrationRun run,
      LedgerSnapshot claimed,
      Instant endedAt,
      MigrationResult result,
      Supplier<Outcome> seen) {
    Step.RECORD.begins();
    Optional<LedgerSnapshot> recorded = record(claimed, result, endedAt, run.deadline());
    run.report().recorded(recorded.isPresent());
    run.report().knows(recorded.orElse(claimed));
    MigrationResult own = run.ends(result.withOutcome(seen.get()));
    if (recorded.isEmpty()) {
      return completeUnrecordedOrThrow(run, claimed, endedAt, own);
    }
    LedgerSnapshot known = recorded.get();
    MigrationResult ending =
        run.ends(known.entry().attempt(own.migrationId()).map(it -> it.bestKnown(own)).orElse(own));
    Optional<BrakeState> counted = harms.count(known, ending);
    counted.ifPresent(run.report()::knows);
    boolean silent = !publisher.publishNewsOrThrow(run, recorded, ending);
    run.report().tellHarm();
    mark(
        ending,
        counted,
        () ->
            silent
                ? ledger.markSilent(known, ending, Silence.REPEATED)
                : ledger.markPublished(known, ending, run.heard(ending)));
    return publisher.finishOrThrow(run, ending);
  }

  /** What the ledger did not take is published at once, and then tried once more. */
  private MigrationResult completeUnrecordedOrThrow(
      MigrationRun run, LedgerSnapshot claimed, Instant endedAt, MigrationResult result) {
    publisher.publishOrThrow(run.report(), result);
    Optional<LedgerSnapshot> recorded = record(claimed, result, endedAt, Deadline.OVER);
    run.report().recorded(recorded.isPresent());
    run.report().tellHarm();
    LedgerSnapshot known = recorded.orElse(claimed);
    mark(
        result,
        harms.count(known, result),
        () -> ledger.markPublished(known, result, run.heard(result)));
    if (recorded.isEmpty()) {
      throw new UnfinishedException.NotRecordedException(result);
    }
    return publisher.finishOrThrow(run, result);
  }

  /**
   * Completes an attempt that another run has recorded; what is no longer true is not published.
   *
   * @param known the entry with the attempt in it
   * @param by which way came in what completes it
   * @return the entry as it stands then
   * @throws UnfinishedException.NotPublishedException if the topic did not take it
   */
  LedgerSnapshot completeRecordedOrThrow(LedgerSnapshot known, Attempt attempt, String by) {
    MigrationResult result = attempt.ending();
    try (LogContext context = LogContext.ofMigration(attempt.migrationId(), by)) {
      LogContext.isAbout(known.entry().number());
      Optional<BrakeState> counted = harms.count(known, result);
      if (known.entry().isOutdated(attempt)) {
        LOG.infof("Not published, as what came later has made it untrue: %s", result.summary());
        return mark(result, counted, () -> ledger.markSilent(known, result, Silence.OUTDATED))
            .orElse(known);
      }
      RunReport report = runs.report(attempt.migrationId(), by);
      report.isAbout(known.entry().number());
      report.knows(known);
      counted.ifPresent(report::knows);
      publishRecordedOrThrow(result, report);
      return mark(result, counted, () -> ledger.markPublished(known, result, Optional.empty()))
          .orElse(known);
    }
  }

  /** Its run may have died before it told how it ended: whoever publishes that tells it. */
  private void publishRecordedOrThrow(MigrationResult result, RunReport report) {
    report.ended(result);
    publisher.publishOrThrow(report, result);
    report.tell();
  }

  private Optional<LedgerSnapshot> record(
      LedgerSnapshot claimed, MigrationResult result, Instant endedAt, Deadline deadline) {
    try {
      return Optional.of(ledger.record(claimed, result, endedAt, deadline));
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.warnf("Not recorded (%s): %s", UnexpectedFailure.words(e), result.summary());
      return Optional.empty();
    }
  }

  /**
   * Marks a result as published, in the form in which it was. Where that fails, or nothing could be
   * counted, it will be published once more, which subscribers expect.
   *
   * @return the entry with the mark
   */
  private Optional<LedgerSnapshot> mark(
      MigrationResult result, Optional<BrakeState> counted, Supplier<LedgerSnapshot> mark) {
    if (counted.isEmpty()) {
      return Optional.empty();
    }
    Optional<LedgerSnapshot> marked = Optional.empty();
    try {
      marked = Optional.of(mark.get());
      harms.correct(marked.get(), result);
    } catch (StoreException e) {
      LOG.warnf("Not marked as published, so it will be published again: %s", e.getMessage());
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.warnf("Not marked as published: %s", UnexpectedFailure.error(e).message());
    }
    brake.publish(() -> counted.get().unpublished(result.migrationId()));
    return marked;
  }
}
