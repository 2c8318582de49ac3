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

  /** From how many receives on SQS does not count it as the oldest any more. */
  private static final int AGAIN_AND_AGAIN = 3;

  /** Name of the message attribute in which the API says who asked it. */
  public static final String REQUESTED_BY = "requestedBy";

  /**
   * For how long it has been on its queue, where it came again and again: SQS leaves it out of
   * {@code ApproximateAgeOfOldestMessage} then. What only waited to be read, as through a stop, is
   * told by that. No less than nothing, as clocks differ.
   */
  public Optional<Duration> waiting(Instant now) {
    return receives < AGAIN_AND_AGAIN
        ? Optional.empty()
        : sentAt.map(it -> it.isBefore(now) ? Duration.between(it, now) : Duration.ZERO);
  }
}
