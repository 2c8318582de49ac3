package dev.numberferry.binary;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static dev.numberferry.standin.GraphStandIn.error;
import static dev.numberferry.standin.GraphStandIn.state;
import static io.restassured.path.json.JsonPath.from;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.LambdaStandIn;
import dev.numberferry.standin.Moto;
import dev.numberferry.standin.Needs;
import dev.numberferry.standin.Sample;
import dev.numberferry.standin.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A queue of moto's is drained, while WhatsApp's rate limit on asking lasts for an hour. */
@Needs(Tool.MOTO)
class QueueWaitsIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> NUMBERS =
      List.of("106540352242922", "106540352242923", "106540352242924");
  private static final int LIMIT_MINUTES = 60;
  private static final int PATIENCE_MINUTES = 6 * 60;

  /** Fewer than the template's: what waits for its time needs few. */
  private static final int MAX_RECEIVES = 5;

  @TempDir static Path folder;

  @Test
  void whatARateLimitHoldsUpComesBackAfterItAndNothingIsADeadLetter() throws Exception {
    Path ahead = Files.writeString(folder.resolve("ahead"), "0");
    try (Moto moto = Moto.start(ahead);
        SqsClient sqs = moto.client(SqsClient.builder());
        SnsClient sns = moto.client(SnsClient.builder());
        LambdaStandIn lambda = new LambdaStandIn().start();
        GraphStandIn graph = new GraphStandIn(options().dynamicPort()).start()) {
      prepare(moto);
      String results = sqs.createQueue(it -> it.queueName("results")).queueUrl();
      String topic = sns.createTopic(it -> it.name("number-ferry-results")).topicArn();
      sns.subscribe(it -> it.topicArn(topic).protocol("sqs").endpoint(arn(sqs, results)));
      String failed = sqs.createQueue(it -> it.queueName("failed")).queueUrl();
      String queue = queueBefore(sqs, failed);
      for (String number : NUMBERS) {
        sqs.sendMessage(it -> it.queueUrl(queue).messageBody(event(number)));
      }
      graph.answers(okJson("{\"success\": true}"));
      graph.looksAnswer(error(400, "{\"error\": {\"message\": \"too many calls\", \"code\": 4}}"));
      Map<String, String> environment =
          FerryProcess.environment("migrate", lambda.address(), moto.url(), graph.url());
      environment.put("FERRY_TOPIC_ARN", topic);

      int waiting = NUMBERS.size();
      int receives = 0;
      try (FerryProcess ferry = FerryProcess.start("queue-waits", environment)) {
        for (int minute = 0; waiting > 0 && minute < PATIENCE_MINUTES; minute++) {
          Files.writeString(ahead, String.valueOf(60 * minute));
          if (minute == LIMIT_MINUTES) {
            graph.tells(state("ON_PREMISE", "CONNECTED"));
          }
          for (Message message : receive(sqs, queue)) {
            receives++;
            if (isDone(lambda, message, arn(sqs, queue))) {
              sqs.deleteMessage(it -> it.queueUrl(queue).receiptHandle(message.receiptHandle()));
              waiting--;
            }
          }
        }
      }

      assertThat(waiting).as("messages that still wait").isZero();
      assertThat(receives).as("one before the limit's end, and one after it").isEqualTo(6);
      assertThat(receive(sqs, failed)).isEmpty();
      assertThat(graph.registers())
          .extracting(LoggedRequest::getUrl)
          .containsExactlyInAnyOrderElementsOf(
              NUMBERS.stream().map(it -> "/v25.0/" + it + "/register").toList());
      assertThat(statuses(receive(sqs, results)))
          .containsExactlyInAnyOrder(
              "NOT_SENT", "NOT_SENT", "NOT_SENT", "MIGRATED", "MIGRATED", "MIGRATED");
    }
  }

  private static void prepare(Moto moto) {
    try (SecretsManagerClient secrets = moto.client(SecretsManagerClient.builder());
        S3Client s3 = moto.client(S3Client.builder())) {
      moto.createLedger();
      moto.createBucket();
      for (String number : NUMBERS) {
        secrets.createSecret(it -> it.name("whatsapp/" + number).secretString(Sample.secret()));
        s3.putObject(
            it -> it.bucket(Sample.BUCKET).key(number + "/backup.json"),
            RequestBody.fromBytes(Sample.backupFile()));
      }
    }
  }

  private static String queueBefore(SqsClient sqs, String failed) {
    String redrive =
        "{\"deadLetterTargetArn\": \"%s\", \"maxReceiveCount\": %d}"
            .formatted(arn(sqs, failed), MAX_RECEIVES);
    return sqs.createQueue(
            it ->
                it.queueName("migrations")
                    .attributes(
                        Map.of(
                            QueueAttributeName.VISIBILITY_TIMEOUT,
                            "540",
                            QueueAttributeName.REDRIVE_POLICY,
                            redrive)))
        .queueUrl();
  }

  private static String event(String number) {
    return Sample.event("direct.json").replace(Sample.NUMBER, number);
  }

  /** Hands a message to the function; whether it is done with it. */
  private static boolean isDone(LambdaStandIn lambda, Message message, String queueArn)
      throws Exception {
    ObjectNode batch = JSON.createObjectNode();
    ObjectNode record =
        batch
            .putArray("Records")
            .addObject()
            .put("messageId", message.messageId())
            .put("receiptHandle", message.receiptHandle())
            .put("body", message.body())
            .put("eventSource", "aws:sqs")
            .put("eventSourceARN", queueArn);
    record
        .putObject("attributes")
        .put(
            "ApproximateReceiveCount",
            message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT));
    var answer = lambda.deliver(batch.toString()).get(1, TimeUnit.MINUTES);
    assertThat(answer.failed()).as(answer.body()).isFalse();
    return answer.json().getList("batchItemFailures").isEmpty();
  }

  /** All messages that a queue gives away now. */
  private static List<Message> receive(SqsClient sqs, String queue) {
    List<Message> all = new ArrayList<>();
    List<Message> next;
    do {
      next =
          sqs.receiveMessage(
                  it ->
                      it.queueUrl(queue)
                          .visibilityTimeout(540)
                          .maxNumberOfMessages(10)
                          .messageSystemAttributeNames(
                              MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
              .messages();
      all.addAll(next);
    } while (!next.isEmpty());
    return all;
  }

  private static List<String> statuses(List<Message> messages) {
    return messages.stream()
        .map(it -> from(it.body()).getString("MessageAttributes.status.Value"))
        .toList();
  }

  private static String arn(SqsClient sqs, String queue) {
    return sqs.getQueueAttributes(
            it -> it.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
        .attributes()
        .get(QueueAttributeName.QUEUE_ARN);
  }
}
