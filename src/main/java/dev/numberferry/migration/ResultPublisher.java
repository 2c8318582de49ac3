package dev.numberferry.migration;

import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.StoreException;
import dev.numberferry.ledger.Book;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.messaging.ResultTopic;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;

/** Brings results to the topic, and remembers in the ledger which ones it took. */
@ApplicationScoped
class ResultPublisher {

  private static final Logger LOG = Logger.getLogger(ResultPublisher.class);

  private final ResultTopic topic;
  private final Book book;

  ResultPublisher(ResultTopic topic, Book book) {
    this.topic = topic;
    this.book = book;
  }

  /**
   * @throws NotPublishedException if the topic did not take it
   */
  void publish(MigrationResult result) {
    LOG.infof("Ended: %s", result.summary());
    try {
      topic.publish(result);
    } catch (SdkException e) {
      String why = StoreException.of("sns:Publish", "the topic", e).getMessage();
      LOG.errorf("The result was not published (%s). It was: %s", why, result.summary());
      throw new NotPublishedException(result);
    }
    LOG.info("Published the result");
  }

  /**
   * Publishes an attempt's result and marks it as published. Where the mark fails, the result will
   * be published once more, which subscribers expect.
   *
   * @throws NotPublishedException if the topic did not take it
   */
  void publish(LedgerSnapshot known, MigrationResult result) {
    publish(result);
    try {
      mark(known, result);
    } catch (StoreException e) {
      LOG.warnf("Not marked as published, so it will be published again: %s", e.getMessage());
    }
  }

  private void mark(LedgerSnapshot known, MigrationResult result) {
    book.change(
        known,
        entry ->
            entry.change(
                result.migrationId(),
                attempt -> attempt.ended(result.status()) ? attempt.told() : attempt));
  }
}
