package dev.numberferry.messaging;

import static java.util.stream.Collectors.toMap;

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
import dev.numberferry.domain.Webhooks;
import dev.numberferry.support.AwsErrors;
import dev.numberferry.support.DryCall;
import dev.numberferry.support.PlainJson;
import dev.numberferry.support.Primer;
import dev.numberferry.support.Setting;
import dev.numberferry.support.Texts;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.InvalidParameterValueException;
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

  private static final Logger LOG = Logger.getLogger(ResultTopic.class);

  /** In bytes, all forms and attributes together. Source: SNS's page on quotas. */
  private static final int LARGEST = 262_144;

  private static final String TEXT = "String";

  private final FerryConfig config;
  private final SnsClient sns;
  private final ObjectMapper json;

  ResultTopic(FerryConfig config, SnsClient sns, ObjectMapper json) {
    this.config = config;
    this.sns = sns;
    this.json = json;
  }

  /**
   * Publishes a result: its JSON to programs, a text to mails. Subscribers filter by the message
   * attributes {@code status}, {@code urgency} and {@code phoneNumberId}, and {@code reason} and
   * {@code harm} where there is one.
   *
   * @throws StoreException if SNS did not take it
   */
  public void publish(ResultMessage message) {
    publish(
        message.result(),
        attributes(message),
        body -> ResultMail.of(message, body, StackCommands.of(config)));
  }

  private static Map<String, String> attributes(ResultMessage message) {
    MigrationResult result = message.result();
    Map<String, String> attributes = new HashMap<>();
    attributes.put("status", result.status().name());
    attributes.put("urgency", message.urgency().word());
    if (result.phoneNumberId() != null) {
      attributes.put("phoneNumberId", result.phoneNumberId().value());
    }
    if (result.outcome().reason() != null) {
      attributes.put("reason", result.outcome().reason().name());
    }
    if (result.outcome().harm() != null) {
      attributes.put("harm", result.outcome().harm().name());
    }
    return attributes;
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
        Map.of("status", brake.status(), "urgency", BrakeMessage.URGENCY.word()),
        body -> BrakeMail.of(brake, body, StackCommands.of(config)));
  }

  /** Makes the client ready, and TLS with it: every function has the topic. */
  @Override
  public void prime() throws IOException {
    DryCall.makeAndShakeHands(
        dry -> sns.publish(request("{}", Map.of()).overrideConfiguration(dry).build()));
  }

  /** A mail is made for people; what programs get arrives whatever becomes of it. */
  private void publish(
      Object content, Map<String, String> attributes, Function<String, Mail> mail) {
    String body = Texts.whole(PlainJson.write(json, content));
    try {
      if (!takenWithMail(withMail(body, attributes, mail))) {
        sns.publish(request(body, attributes).build());
      }
    } catch (SdkException e) {
      throw AwsErrors.of("sns:Publish", "the topic", Setting.TOPIC, e);
    }
  }

  /**
   * A failure other than SNS's refusal ends it: SNS may have taken it, and would publish it twice.
   *
   * @return whether SNS took it
   */
  private boolean takenWithMail(Optional<PublishRequest> request) {
    try {
      request.ifPresent(sns::publish);
      return request.isPresent();
    } catch (InvalidParameterException | InvalidParameterValueException e) {
      LOG.warn("SNS refused the mail: published without it");
      return false;
    }
  }

  /** Nothing where no mail can be made. */
  private Optional<PublishRequest> withMail(
      String body, Map<String, String> attributes, Function<String, Mail> mail) {
    try {
      return withMail(body, attributes, mail.apply(body));
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.warnf("No mail could be made: published without it (%s)", e.getClass().getName());
      return Optional.empty();
    }
  }

  /** Nothing where there is no room for it beside what programs get. */
  private Optional<PublishRequest> withMail(
      String body, Map<String, String> attributes, Mail mail) {
    int room = LARGEST - TwoForms.bytes(mail.subject()) - bytes(attributes);
    return TwoForms.of(json, body, mail.text(), room)
        .map(
            it -> request(it, attributes).messageStructure("json").subject(mail.subject()).build());
  }

  /** A message counts with its attributes: their names, types and values. */
  private static int bytes(Map<String, String> attributes) {
    return attributes.entrySet().stream()
        .map(it -> it.getKey() + TEXT + it.getValue())
        .mapToInt(TwoForms::bytes)
        .sum();
  }

  private PublishRequest.Builder request(String message, Map<String, String> attributes) {
    return PublishRequest.builder()
        .topicArn(config.topicArn())
        .message(message)
        .messageAttributes(
            attributes.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, it -> text(it.getValue()))));
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType(TEXT).stringValue(value).build();
  }
}
