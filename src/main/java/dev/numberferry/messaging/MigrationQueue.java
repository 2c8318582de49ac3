package dev.numberferry.messaging;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.FunctionNames;
import dev.numberferry.domain.QueueMessage;
import dev.numberferry.domain.StoreException;
import dev.numberferry.support.AwsErrors;
import dev.numberferry.support.DryCall;
import dev.numberferry.support.Primer;
import dev.numberferry.support.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** The SQS queue for migrations whose caller does not wait for the result. */
@ApplicationScoped
public class MigrationQueue implements Primer {

  private final FerryConfig config;
  private final SqsClient sqs;

  MigrationQueue(FerryConfig config, SqsClient sqs) {
    this.config = config;
    this.sqs = sqs;
  }

  /**
   * @param event a migration event without a backup inside: a queue is no place for a credential
   * @param requestedBy who asks for it, which SQS does not know: it knows this function
   * @throws StoreException if the queue did not take it
   */
  public void send(String event, Optional<String> requestedBy) {
    try {
      sqs.sendMessage(request(event).messageAttributes(attributes(requestedBy)).build());
    } catch (SdkException e) {
      throw AwsErrors.of("sqs:SendMessage", "the migrations queue", Setting.QUEUE, e);
    }
  }

  private static Map<String, MessageAttributeValue> attributes(Optional<String> requestedBy) {
    return requestedBy
        .map(it -> MessageAttributeValue.builder().dataType("String").stringValue(it).build())
        .map(it -> Map.of(QueueMessage.REQUESTED_BY, it))
        .orElse(Map.of());
  }

  /** Where callers may ask not to wait. */
  @Override
  public boolean isFor(String function) {
    return function.equals(FunctionNames.API);
  }

  @Override
  public void prime() throws IOException {
    DryCall.make(dry -> sqs.sendMessage(request("{}").overrideConfiguration(dry).build()));
  }

  private SendMessageRequest.Builder request(String event) {
    return SendMessageRequest.builder()
        .queueUrl(config.queueUrl().orElseThrow())
        .messageBody(event);
  }
}
