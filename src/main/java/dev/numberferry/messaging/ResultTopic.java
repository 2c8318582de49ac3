package dev.numberferry.messaging;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.numberferry.FerryConfig;
import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.BrakeMessage;
import dev.numberferry.domain.BrakeState.CountedHarm;
import dev.numberferry.domain.BrakeState.Release;
import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.Finding;
import dev.numberferry.domain.Finding.Severity;
import dev.numberferry.domain.Harm;
import dev.numberferry.domain.Health;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.NumberDetails;
import dev.numberferry.domain.NumberState;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Retry;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.StoreException;
import dev.numberferry.domain.Urgency;
import dev.numberferry.domain.Webhooks;
import dev.numberferry.support.AwsErrors;
import dev.numberferry.support.DryCall;
import dev.numberferry.support.PlainJson;
import dev.numberferry.support.Primer;
import dev.numberferry.support.Texts;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/** The SNS topic that gets every result. */
@ApplicationScoped
@RegisterForReflection(
    targets = {
      MigrationResult.class,
      Outcome.class,
      NumberState.class,
      ErrorDetails.class,
      Finding.class,
      Harm.class,
      BrakeMessage.class,
      CountedHarm.class,
      Release.class,
      PhoneNumberId.class,
      StoredBackup.class,
      Status.class,
      Reason.class,
      Retry.class,
      NumberDetails.class,
      Health.class,
      Health.Entity.class,
      Health.EntityError.class,
      Webhooks.class,
      Severity.class
    })
public class ResultTopic implements Primer {

  private final FerryConfig config;
  private final SnsClient sns;
  private final ObjectMapper json;

  ResultTopic(FerryConfig config, SnsClient sns, ObjectMapper json) {
    this.config = config;
    this.sns = sns;
    this.json = json;
  }

  /**
   * Publishes a result, with {@code status}, {@code urgency} and {@code phoneNumberId} as message
   * attributes, by which subscribers filter.
   *
   * @throws StoreException if SNS did not take it
   */
  public void publish(MigrationResult result, Urgency urgency) {
    Map<String, MessageAttributeValue> attributes = new HashMap<>();
    attributes.put("status", text(result.status().name()));
    attributes.put("urgency", text(urgency.word()));
    if (result.phoneNumberId() != null) {
      attributes.put("phoneNumberId", text(result.phoneNumberId().value()));
    }
    publish(result, attributes);
  }

  /**
   * Publishes that the brake is engaged, with {@code status} and {@code urgency} as message
   * attributes.
   *
   * @throws StoreException if SNS did not take it
   */
  public void publish(BrakeMessage brake) {
    publish(
        brake,
        Map.of("status", text(brake.status()), "urgency", text(BrakeMessage.URGENCY.word())));
  }

  /** Makes the client ready, and TLS with it: every function has the topic. */
  @Override
  public void prime() throws IOException {
    DryCall.makeAndShakeHands(
        dry -> sns.publish(request("{}", Map.of()).overrideConfiguration(dry).build()));
  }

  private void publish(Object body, Map<String, MessageAttributeValue> attributes) {
    PublishRequest request = request(Texts.whole(PlainJson.write(json, body)), attributes).build();
    try {
      sns.publish(request);
    } catch (SdkException e) {
      throw AwsErrors.of("sns:Publish", "the topic", e);
    }
  }

  private PublishRequest.Builder request(
      String message, Map<String, MessageAttributeValue> attributes) {
    return PublishRequest.builder()
        .topicArn(config.topicArn())
        .message(message)
        .messageAttributes(attributes);
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }
}
