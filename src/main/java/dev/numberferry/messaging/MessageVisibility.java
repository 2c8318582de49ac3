package dev.numberferry.messaging;

import dev.numberferry.domain.QueueMessage;
import dev.numberferry.domain.StoreException;
import dev.numberferry.support.AwsErrors;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/** When a message that was received, and is not deleted, comes back. */
@ApplicationScoped
public class MessageVisibility {

  private final SqsClient sqs;

  MessageVisibility(SqsClient sqs) {
    this.sqs = sqs;
  }

  /**
   * Hides a message for a time from now on. SQS refuses what ends later than 12 hours after the
   * receive. Source: SQS's page on the visibility timeout.
   *
   * @throws StoreException if SQS did not take it: the queue's own time stays
   */
  public void hide(QueueMessage message, Duration time) {
    String queue = QueueUrl.of(message.queueArn());
    try {
      sqs.changeMessageVisibility(
          it ->
              it.queueUrl(queue)
                  .receiptHandle(message.receiptHandle())
                  .visibilityTimeout((int) time.toSeconds()));
    } catch (SdkException e) {
      throw AwsErrors.of("sqs:ChangeMessageVisibility", "the message's queue", e);
    }
  }
}
