package dev.numberferry.messaging;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.StoreException;
import dev.numberferry.support.AwsErrors;
import jakarta.enterprise.context.ApplicationScoped;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The SQS queue for migrations whose caller does not wait for the result. */
@ApplicationScoped
public class MigrationQueue {

  private final FerryConfig config;
  private final SqsClient sqs;

  MigrationQueue(FerryConfig config, SqsClient sqs) {
    this.config = config;
    this.sqs = sqs;
  }

  /**
   * @param event a migration event without a backup inside: a queue is no place for a credential
   * @throws StoreException if the queue did not take it
   */
  public void send(String event) {
    try {
      sqs.sendMessage(it -> it.queueUrl(config.queueUrl().orElseThrow()).messageBody(event));
    } catch (SdkException e) {
      throw AwsErrors.of("sqs:SendMessage", "the migrations queue", e);
    }
  }
}
