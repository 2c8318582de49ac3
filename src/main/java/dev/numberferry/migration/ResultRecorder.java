package dev.numberferry.migration;

import dev.numberferry.domain.MigrationResult;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.ledger.NumberLedger;
import dev.numberferry.migration.UnfinishedException.NotPublishedException;
import dev.numberferry.migration.UnfinishedException.NotRecordedException;
import dev.numberferry.migration.UnfinishedException.NotSentException;
import dev.numberferry.support.Deadline;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Records and publishes how a call ended: nobody can ask WhatsApp for its answer again. */
@ApplicationScoped
class ResultRecorder {

  private static final Logger LOG = Logger.getLogger(ResultRecorder.class);

  private final NumberLedger ledger;
  private final ResultSender sender;
  private final AttemptPublisher publisher;

  ResultRecorder(NumberLedger ledger, ResultSender sender, AttemptPublisher publisher) {
    this.ledger = ledger;
    this.sender = sender;
    this.publisher = publisher;
  }

  /**
   * Records a result, again and again until the run has just time enough to publish it.
   *
   * @return the entry with the result in it, or nothing where it could not be recorded
   */
  Optional<LedgerSnapshot> record(
      MigrationRun run, LedgerSnapshot claimed, MigrationResult result) {
    return record(claimed, result, run.deadline());
  }

  /**
   * Publishes a result, recorded or not; what was not recorded is tried once more after that.
   *
   * @throws NotPublishedException if the topic did not take it
   * @throws NotRecordedException if it was published, and could not be recorded
   * @throws NotSentException if the same event may be delivered again
   */
  MigrationResult publish(
      MigrationRun run,
      LedgerSnapshot claimed,
      Optional<LedgerSnapshot> recorded,
      MigrationResult result) {
    if (recorded.isPresent()) {
      publisher.publishOnceAndMark(run, recorded.get(), result);
      return sender.finished(run, result);
    }
    sender.sendOnce(run, result);
    Optional<LedgerSnapshot> late = record(claimed, result, Deadline.in(Duration.ZERO));
    publisher.countAndMark(late.orElse(claimed), result);
    if (late.isEmpty()) {
      throw new NotRecordedException(result);
    }
    return sender.finished(run, result);
  }

  private Optional<LedgerSnapshot> record(
      LedgerSnapshot claimed, MigrationResult result, Deadline deadline) {
    try {
      return Optional.of(ledger.record(claimed, result, deadline));
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.errorf("Not recorded (%s): %s", Surprise.words(e), result.summary());
      return Optional.empty();
    }
  }
}
