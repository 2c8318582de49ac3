package dev.numberferry.messaging;

import static dev.numberferry.messaging.ResultTopicTest.message;
import static dev.numberferry.messaging.ResultTopicTest.rejected;
import static dev.numberferry.messaging.ResultTopicTest.written;
import static io.restassured.path.json.JsonPath.from;
import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.domain.Outcome;
import dev.numberferry.standin.Moto;
import dev.numberferry.standin.Needs;
import dev.numberferry.standin.Tool;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What the subscribers of the topic get, whoever they are. */
@Needs(Tool.MOTO)
class SubscribersIT {

  private static Moto moto;
  private static SnsClient sns;
  private static SqsClient sqs;

  @BeforeAll
  static void start() {
    moto = Moto.start();
    sns = moto.client(SnsClient.builder());
    sqs = moto.client(SqsClient.builder());
  }

  @AfterAll
  static void stop() {
    sqs.close();
    sns.close();
    moto.close();
  }

  @Test
  void aQueueGetsTheJsonAndNothingElse() {
    String topic = topic("raw");
    String queue = subscribe(topic, "raw", Map.of("RawMessageDelivery", "true"));
    ResultMessage message = message(rejected("no"));

    publish(topic, message);

    assertThat(received(queue))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.body()).isEqualTo(written(message.result()));
              assertThat(it.messageAttributes().get("status").stringValue()).isEqualTo("REJECTED");
              assertThat(it.messageAttributes().get("urgency").stringValue()).isEqualTo("soon");
            });
  }

  @Test
  void soItIsInAnEnvelope() {
    String topic = topic("wrapped");
    String queue = subscribe(topic, "wrapped", Map.of());
    ResultMessage message = message(rejected("no"));

    publish(topic, message);

    JsonPath envelope = from(received(queue).get(0).body());
    assertThat(envelope.getString("Message")).isEqualTo(written(message.result()));
    assertThat(envelope.getString("Subject")).startsWith("SOON: number ");
    assertThat(envelope.getString("MessageAttributes.urgency.Value")).isEqualTo("soon");
  }

  @Test
  void whoWantsToHearWhatNeedsAPersonHearsNoMore() {
    String topic = topic("filtered");
    String queue =
        subscribe(topic, "filtered", Map.of("FilterPolicy", "{\"urgency\": [\"now\", \"soon\"]}"));

    publish(topic, message(Outcome.migrated()));
    publish(topic, message(rejected("no")));
    publish(topic, message(Outcome.unknown(null, "x.")));

    assertThat(received(queue))
        .extracting(it -> from(from(it.body()).getString("Message")).getString("status"))
        .containsExactlyInAnyOrder("REJECTED", "UNKNOWN");
  }

  private static void publish(String topic, ResultMessage message) {
    new ResultTopic(ResultTopicTest.config(topic), sns, ResultTopicTest.JSON).publish(message);
  }

  private static String topic(String name) {
    return sns.createTopic(it -> it.name(name)).topicArn();
  }

  private static String subscribe(String topic, String name, Map<String, String> attributes) {
    String queue = sqs.createQueue(it -> it.queueName(name)).queueUrl();
    String arn =
        sqs.getQueueAttributes(
                it -> it.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    sns.subscribe(it -> it.topicArn(topic).protocol("sqs").endpoint(arn).attributes(attributes));
    return queue;
  }

  private static List<Message> received(String queue) {
    return sqs.receiveMessage(
            it -> it.queueUrl(queue).maxNumberOfMessages(10).messageAttributeNames("All"))
        .messages();
  }
}
