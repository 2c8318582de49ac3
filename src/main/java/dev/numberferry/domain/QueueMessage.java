package dev.numberferry.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A message of an SQS queue, as whoever received it knows it.
 *
 * @param id the same at each receive
 * @param queueArn ARN of its queue
 * @param receiptHandle names this receive of it
 * @param receives how often it was received, this time included
 * @param sentAt when it was put on its queue, by the clock of SQS, where Lambda tells
 */
public record QueueMessage(
    String id, String queueArn, String receiptHandle, int receives, Optional<Instant> sentAt) {

  /** Name of the message attribute in which the API says who asked it. */
  public static final String REQUESTED_BY = "requestedBy";

  /** For how long it has been on its queue; no less than nothing, as clocks differ. */
  public Optional<Duration> age(Instant now) {
    return sentAt.map(it -> it.isBefore(now) ? Duration.between(it, now) : Duration.ZERO);
  }
}
