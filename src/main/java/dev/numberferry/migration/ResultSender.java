package dev.numberferry.migration;

import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.StoreException;
import dev.numberferry.messaging.ResultTopic;
import dev.numberferry.migration.UnfinishedException.ComesAgainException;
import dev.numberferry.migration.UnfinishedException.NotPublishedException;
import dev.numberferry.migration.UnfinishedException.NotSentException;
import dev.numberferry.rules.WaitRule;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Sends results to the topic, and ends the run of an event that has to come again. */
@ApplicationScoped
class ResultSender {

  private static final Logger LOG = Logger.getLogger(ResultSender.class);

  private final ResultTopic topic;

  ResultSender(ResultTopic topic) {
    this.topic = topic;
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

  private static boolean comesAgain(MigrationRun run, Outcome outcome) {
    return run.delivery().isFromQueue() && WaitRule.comesAgain(outcome);
  }
}
