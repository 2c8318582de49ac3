package dev.numberferry.migration;

import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.StoreException;
import dev.numberferry.domain.Upload;
import dev.numberferry.ledger.Claim.Withheld;
import dev.numberferry.ledger.NumberLedger;
import dev.numberferry.messaging.ResultTopic;
import dev.numberferry.rules.WaitRule;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Publishes results once each, keeps those of runs that were no attempt, and answers invokers. */
@ApplicationScoped
class ResultPublisher {

  private static final Logger LOG = Logger.getLogger(ResultPublisher.class);

  /** These follow from the ledger or from the state of the number, and are not kept beside them. */
  private static final Set<Status> NOT_KEPT = Set.of(Status.WITHHELD, Status.ALREADY_MIGRATED);

  private final NumberLedger ledger;
  private final ResultTopic topic;

  ResultPublisher(NumberLedger ledger, ResultTopic topic) {
    this.ledger = ledger;
    this.topic = topic;
  }

  /**
   * Publishes a result, and no more.
   *
   * @throws UnfinishedException.NotPublishedException if the topic did not take it
   */
  void publishOrThrow(MigrationResult result) {
    LOG.infof("Ended: %s", result.summary());
    try {
      topic.publish(result);
    } catch (StoreException e) {
      LOG.errorf("The result was not published (%s). It was: %s", e.getMessage(), result.summary());
      throw new UnfinishedException.NotPublishedException(result);
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.errorf("%s. It was: %s", UnexpectedFailure.error(e).message(), result.summary());
      throw new UnfinishedException.NotPublishedException(result);
    }
    LOG.info("Published the result");
  }

  /**
   * Publishes how a run ended, unless its message was received before and will be again: each
   * receive has an id of its own, so that subscribers could not drop the duplicates.
   *
   * @throws UnfinishedException.NotPublishedException if the topic did not take it
   */
  void publishOnceOrThrow(MigrationRun run, MigrationResult result) {
    if (comesAgain(run, result.outcome()) && run.delivery().receives() > 1) {
      LOG.infof("Comes again, and was published at its first receive: %s", result.summary());
    } else {
      publishOrThrow(result);
    }
  }

  /**
   * The invocation's answer.
   *
   * @throws UnfinishedException.NotSentException if the same event may be delivered again
   * @throws UnfinishedException.ComesAgainException if its queue's message has to come again
   */
  MigrationResult finishOrThrow(MigrationRun run, MigrationResult result) {
    if (result.status() == Status.NOT_SENT) {
      throw new UnfinishedException.NotSentException(result);
    }
    if (comesAgain(run, result.outcome())) {
      throw new UnfinishedException.ComesAgainException(result);
    }
    return result;
  }

  /** Publishes how a run ended that was no attempt, and finishes it. */
  MigrationResult publishAndFinishOrThrow(MigrationRun run, Outcome outcome) {
    MigrationResult result = run.end(outcome);
    publishOnceOrThrow(run, result);
    return finishOrThrow(run, result);
  }

  /**
   * The same, and keeps in the ledger what a run leaves that was no attempt; if that fails, nothing
   * is lost.
   */
  MigrationResult keepAndFinishOrThrow(MigrationRun run, Outcome outcome) {
    keep(run, run.end(outcome));
    return publishAndFinishOrThrow(run, outcome);
  }

  /** Answers where the call is held back, or not needed. */
  MigrationResult withholdOrThrow(MigrationRun run, Withheld withheld) {
    if (withheld.sameRun()) {
      MigrationResult result = run.end(withheld.outcome());
      LOG.infof("A delivery of the run in progress: %s", result.summary());
      return result;
    }
    return keepAndFinishOrThrow(run, withheld.outcome());
  }

  private void keep(MigrationRun run, MigrationResult result) {
    Optional<MigrationResult> last =
        Optional.of(result).filter(it -> !NOT_KEPT.contains(it.status()));
    Optional<Upload> upload =
        run.delivery().upload().filter(it -> result.status() != Status.INVALID);
    if (result.phoneNumberId() == null || last.isEmpty() && upload.isEmpty()) {
      return;
    }
    try {
      ledger.keep(result.phoneNumberId(), last, upload);
    } catch (StoreException e) {
      LOG.warnf("Not kept as the number's last result: %s", e.getMessage());
    }
  }

  private static boolean comesAgain(MigrationRun run, Outcome outcome) {
    return run.delivery().isFromQueue() && WaitRule.comesAgain(outcome);
  }
}
