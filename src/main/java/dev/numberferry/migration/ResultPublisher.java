package dev.numberferry.migration;

import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.StoreException;
import dev.numberferry.domain.Upload;
import dev.numberferry.ledger.Claim.Withheld;
import dev.numberferry.ledger.LedgerEntry;
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
    publishOnceOrThrow(run, result, comesAgain(run, result.outcome()));
  }

  private void publishOnceOrThrow(MigrationRun run, MigrationResult result, boolean comesAgain) {
    if (comesAgain && run.delivery().receives() > 1) {
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
   * The same, and keeps in the ledger what a run leaves that was no attempt.
   *
   * @throws UnfinishedException.NotRecordedException if an upload could not be kept: older ones are
   *     judged by it, so that it has to come again
   */
  MigrationResult keepAndFinishOrThrow(MigrationRun run, Outcome outcome) {
    boolean kept = keep(run, run.end(outcome));
    MigrationResult result = run.end(outcome);
    boolean lost = !kept && run.delivery().isFromQueue();
    publishOnceOrThrow(run, result, lost || comesAgain(run, outcome));
    return recordedOrThrow(kept, finishOrThrow(run, result));
  }

  /**
   * An answer that was given before, or is another run's to give; what is kept is the upload, where
   * it is news.
   *
   * @throws UnfinishedException.NotRecordedException if it could not be kept
   */
  MigrationResult rememberOrThrow(MigrationRun run, LedgerEntry known, MigrationResult result) {
    Optional<Upload> news = run.delivery().upload().filter(it -> !known.knows(it));
    return recordedOrThrow(keep(known.number(), Optional.empty(), news), result);
  }

  /** Answers where the call is held back, or not needed. */
  MigrationResult withholdOrThrow(MigrationRun run, Withheld withheld) {
    if (withheld.sameRun()) {
      MigrationResult result = run.end(withheld.outcome());
      LOG.infof("A delivery of the run in progress: %s", result.summary());
      return rememberOrThrow(run, withheld.snapshot().entry(), result);
    }
    return keepAndFinishOrThrow(run, withheld.outcome());
  }

  private boolean keep(MigrationRun run, MigrationResult result) {
    Optional<MigrationResult> last =
        Optional.of(result).filter(it -> !NOT_KEPT.contains(it.status()));
    Optional<Upload> upload =
        run.delivery().upload().filter(it -> result.status() != Status.INVALID);
    return result.phoneNumberId() == null || keep(result.phoneNumberId(), last, upload);
  }

  /** Keeps it; says whether what a later decision needs is kept, which a last result is not. */
  private boolean keep(
      PhoneNumberId number, Optional<MigrationResult> last, Optional<Upload> upload) {
    if (last.isEmpty() && upload.isEmpty()) {
      return true;
    }
    try {
      ledger.keep(number, last, upload);
      return true;
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.warnf("Not kept in the number's entry: %s", UnexpectedFailure.words(e));
      return upload.isEmpty();
    }
  }

  private static MigrationResult recordedOrThrow(boolean recorded, MigrationResult result) {
    if (!recorded) {
      throw new UnfinishedException.NotRecordedException(result);
    }
    return result;
  }

  private static boolean comesAgain(MigrationRun run, Outcome outcome) {
    return run.delivery().isFromQueue() && WaitRule.comesAgain(outcome);
  }
}
