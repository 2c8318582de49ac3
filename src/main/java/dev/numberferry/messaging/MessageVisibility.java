package dev.numberferry.messaging;

import dev.numberferry.domain.QueueMessage;
import dev.numberferry.domain.StoreException;
import dev.numberferry.support.AwsErrors;
import dev.numberferry.support.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** When a message that was received, and is not deleted, comes back. */
@ApplicationScoped
public class MessageVisibility {

  /** arn:partition:sqs:region:account:name. */
  private static final int PARTS_OF_ARN = 6;

  private final SqsClient sqs;

  MessageVisibility(SqsClient sqs) {
    this.sqs = sqs;
  }

  /**
   * Hides a message for a time from now on. SQS refuses what ends later than 12 hours after the
   * receive. Source: SQS's page on the visibility timeout.
   *
   * @throws StoreException if SQS did not take it, or the ARN is no queue's: the queue's own time
   *     stays
   */
  public void hide(QueueMessage message, Duration time) {
    String queue = urlOf(message.queueArn());
    try {
      sqs.changeMessageVisibility(
          it ->
              it.queueUrl(queue)
                  .receiptHandle(message.receiptHandle())
                  .visibilityTimeout((int) time.toSeconds()));
    } catch (SdkException e) {
      throw AwsErrors.of("sqs:ChangeMessageVisibility", "the message's queue", Setting.NONE, e);
    }
  }

  /** The queue's URL, for which SQS asks, from its ARN, which Lambda tells. */
  private static String urlOf(String queueArn) {
    String[] parts = queueArn.split(":", -1);
    if (parts.length != PARTS_OF_ARN) {
      throw StoreException.unreadable("the message's eventSourceARN");
    }
    Region region = Region.of(parts[3]);
    return "https://%s/%s/%s"
        .formatted(SqsClient.serviceMetadata().endpointFor(region), parts[4], parts[5]);
  }
}
