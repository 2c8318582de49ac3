package dev.numberferry.migration;

import dev.numberferry.domain.BrakeState;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.StoreException;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.ledger.NumberLedger;
import dev.numberferry.migration.UnfinishedException.NotPublishedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Publishes how attempts ended, counts what harm they did, and marks both in the ledger. */
@ApplicationScoped
class AttemptPublisher {

  private static final Logger LOG = Logger.getLogger(AttemptPublisher.class);

  private final ResultSender sender;
  private final NumberLedger ledger;
  private final HarmCount harms;
  private final BrakeAlarm brake;

  AttemptPublisher(ResultSender sender, NumberLedger ledger, HarmCount harms, BrakeAlarm brake) {
    this.sender = sender;
    this.ledger = ledger;
    this.harms = harms;
    this.brake = brake;
  }

  /**
   * Counts what harm an attempt did, publishes its result and marks it as published, in the form in
   * which it was published. Where the mark fails, or nothing could be counted, the result will be
   * published once more, which subscribers expect.
   *
   * @throws NotPublishedException if the topic did not take it
   */
  void publishAndMark(LedgerSnapshot known, MigrationResult result) {
    publishAndMark(known, result, () -> sender.send(result));
  }

  /** The same for the run that made the attempt, whose message may come again. */
  void publishOnceAndMark(MigrationRun run, LedgerSnapshot known, MigrationResult result) {
    publishAndMark(known, result, () -> sender.sendOnce(run, result));
  }

  private void publishAndMark(LedgerSnapshot known, MigrationResult result, Runnable sending) {
    Optional<BrakeState> counted = harms.count(known, result);
    sending.run();
    counted.ifPresent(it -> mark(known, result, it));
  }

  /** Does what is left to do of that after a result was published. */
  void countAndMark(LedgerSnapshot known, MigrationResult result) {
    harms.count(known, result).ifPresent(it -> mark(known, result, it));
  }

  private void mark(LedgerSnapshot known, MigrationResult result, BrakeState counted) {
    try {
      harms.correct(ledger.markPublished(known, result), result);
    } catch (StoreException e) {
      LOG.warnf("Not marked as published, so it will be published again: %s", e.getMessage());
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.warnf("Not marked as published: %s", Surprise.error(e).message());
    }
    counted.unpublished(result.migrationId()).ifPresent(brake::publish);
  }
}
