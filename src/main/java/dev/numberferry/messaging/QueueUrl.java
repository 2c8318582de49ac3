package dev.numberferry.messaging;

import dev.numberferry.domain.StoreException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The URL of a queue, for which SQS asks, from its ARN, which Lambda tells. */
final class QueueUrl {

  /** arn:partition:sqs:region:account:name. */
  private static final int PARTS_OF_ARN = 6;

  private QueueUrl() {}

  /**
   * @throws StoreException if this is no queue's ARN
   */
  static String of(String arn) {
    String[] parts = arn.split(":");
    if (parts.length != PARTS_OF_ARN) {
      throw StoreException.unreadable("the message's eventSourceARN");
    }
    Region region = Region.of(parts[3]);
    return "https://%s/%s/%s"
        .formatted(SqsClient.serviceMetadata().endpointFor(region), parts[4], parts[5]);
  }
}
