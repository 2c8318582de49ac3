package dev.numberferry.domain;

/**
 * A message of an SQS queue, as whoever received it knows it.
 *
 * @param id the same at each receive
 * @param queueArn ARN of its queue
 * @param receiptHandle names this receive of it
 * @param receives how often it was received, this time included
 */
public record QueueMessage(String id, String queueArn, String receiptHandle, int receives) {

  /** Name of the message attribute in which the API says who asked it. */
  public static final String REQUESTED_BY = "requestedBy";
}
