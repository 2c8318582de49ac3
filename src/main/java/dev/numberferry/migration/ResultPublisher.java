package dev.numberferry.migration;

import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.StoreException;
import dev.numberferry.ledger.Claim.Answer;
import dev.numberferry.ledger.Claim.Replay;
import dev.numberferry.ledger.Claim.Withheld;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.ledger.NumberLedger;
import dev.numberferry.messaging.ResultTopic;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Publishes results, and keeps in the ledger what the topic took. */
@ApplicationScoped
class ResultPublisher {

  private static final Logger LOG = Logger.getLogger(ResultPublisher.class);

  /** The reasons for these stand in the ledger already, or nowhere. */
  private static final Set<Status> NOT_KEPT = Set.of(Status.WITHHELD, Status.ALREADY_MIGRATED);

  private final ResultTopic topic;
  private final NumberLedger ledger;

  ResultPublisher(ResultTopic topic, NumberLedger ledger) {
    this.topic = topic;
    this.ledger = ledger;
  }

  /**
   * Publishes how a run ended that was no attempt.
   *
   * @throws NotPublishedException if the topic did not take it
   * @throws NotSentException if the same event may be delivered again
   */
  MigrationResult publish(MigrationResult result) {
    send(result);
    return finished(result);
  }

  /** The same, and keeps it as the number's last result; if that fails, nothing is lost. */
  MigrationResult keepAndPublish(MigrationResult result) {
    if (result.phoneNumberId() != null && !NOT_KEPT.contains(result.status())) {
      try {
        ledger.keepLast(result);
      } catch (StoreException e) {
        LOG.warnf("Not kept as the number's last result: %s", e.getMessage());
      }
    }
    return publish(result);
  }

  /** Answers where there is no call to make, and publishes what was not published yet. */
  MigrationResult answer(MigrationRun run, Answer answer) {
    return answer.read(this::replay, withheld -> withheld(run, withheld));
  }

  /**
   * Publishes how a call ended.
   *
   * @param recorded the entry with the result in it; nothing where it could not be recorded
   * @param result as recorded, and perhaps with what was seen of the number since
   * @throws NotRecordedException if it could not be recorded; it was published
   */
  MigrationResult publishCall(Optional<LedgerSnapshot> recorded, MigrationResult result) {
    if (recorded.isEmpty()) {
      send(result);
      throw new NotRecordedException(result);
    }
    publishAndMark(recorded.get(), result);
    return finished(result);
  }

  /**
   * Publishes an attempt's result and marks it as published, in the form in which it was published.
   * Where the mark fails, the result will be published once more, which subscribers expect.
   *
   * @throws NotPublishedException if the topic did not take it
   */
  void publishAndMark(LedgerSnapshot known, MigrationResult result) {
    send(result);
    try {
      ledger.markPublished(known, result);
    } catch (StoreException e) {
      LOG.warnf("Not marked as published, so it will be published again: %s", e.getMessage());
    }
  }

  private MigrationResult replay(Replay replay) {
    MigrationResult result = replay.attempt().result();
    LOG.infof("This attempt was made before, as migration %s", result.migrationId());
    if (!replay.attempt().published()) {
      publishAndMark(replay.snapshot(), result);
    }
    return result.asReplayed();
  }

  private MigrationResult withheld(MigrationRun run, Withheld withheld) {
    MigrationResult result = run.end(withheld.outcome());
    if (withheld.sameRun()) {
      LOG.infof("A delivery of the run in progress: %s", result.summary());
      return result;
    }
    return publish(result);
  }

  private void send(MigrationResult result) {
    LOG.infof("Ended: %s", result.summary());
    try {
      topic.publish(result);
    } catch (StoreException e) {
      LOG.errorf("The result was not published (%s). It was: %s", e.getMessage(), result.summary());
      throw new NotPublishedException(result);
    }
    LOG.info("Published the result");
  }

  private static MigrationResult finished(MigrationResult result) {
    if (result.status() == Status.NOT_SENT) {
      throw new NotSentException(result);
    }
    return result;
  }
}
