package dev.numberferry.migration;

import dev.numberferry.domain.BrakeState;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.StoreException;
import dev.numberferry.domain.Upload;
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

  /** These follow from the ledger or from the state of the number, and are not kept beside them. */
  private static final Set<Status> NOT_KEPT = Set.of(Status.WITHHELD, Status.ALREADY_MIGRATED);

  private final ResultTopic topic;
  private final NumberLedger ledger;
  private final HarmCount harms;
  private final BrakeAlarm brake;

  ResultPublisher(ResultTopic topic, NumberLedger ledger, HarmCount harms, BrakeAlarm brake) {
    this.topic = topic;
    this.ledger = ledger;
    this.harms = harms;
    this.brake = brake;
  }

  /**
   * Publishes how a run ended that was no attempt.
   *
   * @throws NotPublishedException if the topic did not take it
   * @throws NotSentException if the same event may be delivered again
   * @throws ComesAgainException if its queue's message has to come again
   */
  MigrationResult publish(MigrationRun run, Outcome outcome) {
    MigrationResult result = run.end(outcome);
    sendOnce(run, result);
    return finished(run, result);
  }

  /**
   * Publishes how a run ended, unless its message was received before and will be again: each
   * receive has an id of its own, so that subscribers could not drop the duplicates.
   *
   * @throws NotPublishedException if the topic did not take it
   */
  void sendOnce(MigrationRun run, MigrationResult result) {
    if (comesAgain(run, result.outcome()) && run.delivery().receives() > 1) {
      LOG.infof("Comes again, and was published at its first receive: %s", result.summary());
    } else {
      send(result);
    }
  }

  /**
   * The same, and keeps in the ledger what a run leaves that was no attempt; if that fails, nothing
   * is lost.
   */
  MigrationResult keepAndPublish(MigrationRun run, Outcome outcome) {
    MigrationResult result = run.end(outcome);
    Optional<MigrationResult> last =
        Optional.of(result).filter(it -> !NOT_KEPT.contains(it.status()));
    Optional<Upload> upload =
        run.delivery().upload().filter(it -> outcome.status() != Status.INVALID);
    if (result.phoneNumberId() != null && (last.isPresent() || upload.isPresent())) {
      try {
        ledger.keep(result.phoneNumberId(), last, upload);
      } catch (StoreException e) {
        LOG.warnf("Not kept as the number's last result: %s", e.getMessage());
      }
    }
    return publish(run, outcome);
  }

  /** Answers where there is no call to make, and publishes what was not published yet. */
  MigrationResult answer(MigrationRun run, Answer answer) {
    return answer.read(this::replay, withheld -> withheld(run, withheld));
  }

  /**
   * Counts what harm an attempt did, publishes its result and marks it as published, in the form in
   * which it was published. Where the mark fails, or nothing could be counted, the result will be
   * published once more, which subscribers expect.
   *
   * @throws NotPublishedException if the topic did not take it
   */
  void publishAndMark(LedgerSnapshot known, MigrationResult result) {
    publishAndMark(known, result, () -> send(result));
  }

  /** The same for the run that made the attempt, whose message may come again. */
  void publishOnceAndMark(MigrationRun run, LedgerSnapshot known, MigrationResult result) {
    publishAndMark(known, result, () -> sendOnce(run, result));
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

  /**
   * Publishes a result, and no more.
   *
   * @throws NotPublishedException if the topic did not take it
   */
  void send(MigrationResult result) {
    LOG.infof("Ended: %s", result.summary());
    try {
      topic.publish(result);
    } catch (StoreException e) {
      LOG.errorf("The result was not published (%s). It was: %s", e.getMessage(), result.summary());
      throw new NotPublishedException(result);
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.errorf("%s. It was: %s", Surprise.error(e).message(), result.summary());
      throw new NotPublishedException(result);
    }
    LOG.info("Published the result");
  }

  private MigrationResult replay(Replay replay) {
    MigrationResult result = replay.attempt().result();
    LOG.infof("This attempt was made before, as migration %s", result.migrationId());
    if (!replay.attempt().published()) {
      publishAndMark(replay.snapshot(), result);
    }
    return MigrationRun.isRetryable(result.outcome())
        ? result
            .withReplayed(true)
            .withOutcome(result.outcome().withRetry(replay.snapshot().entry().nextRetry()))
        : result.withReplayed(true);
  }

  private MigrationResult withheld(MigrationRun run, Withheld withheld) {
    if (withheld.sameRun()) {
      MigrationResult result = run.end(withheld.outcome());
      LOG.infof("A delivery of the run in progress: %s", result.summary());
      return result;
    }
    return keepAndPublish(run, withheld.outcome());
  }

  private static boolean comesAgain(MigrationRun run, Outcome outcome) {
    return run.delivery().isFromQueue() && WaitRule.comesAgain(outcome);
  }

  /** The invocation's answer, unless the event has to come again. */
  MigrationResult finished(MigrationRun run, MigrationResult result) {
    if (result.status() == Status.NOT_SENT) {
      throw new NotSentException(result);
    }
    if (comesAgain(run, result.outcome())) {
      throw new ComesAgainException(result);
    }
    return result;
  }
}
