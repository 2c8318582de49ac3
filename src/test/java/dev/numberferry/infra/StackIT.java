package dev.numberferry.infra;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.restassured.path.json.JsonPath.from;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.binary.FerryProcess;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.LambdaStandIn;
import dev.numberferry.standin.Moto;
import dev.numberferry.standin.Needs;
import dev.numberferry.standin.Sample;
import dev.numberferry.standin.Tool;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The stack as CloudFormation makes it: a backup that is uploaded to it moves its number. */
@Needs({Tool.MOTO, Tool.SAM_TRANSLATOR})
class StackIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "2026 November/" + Sample.NUMBER + "/Fähre + Kai.json";

  @Test
  void anUploadToItsBucketMovesTheNumberOnce() throws Exception {
    // The stand-in for Lambda reads the queue, and moto's Lambda must not.
    Template template = Template.with(Map.of("EmergencyStop", "true"));
    try (Moto moto = Moto.start();
        S3Client s3 = moto.client(S3Client.builder());
        SqsClient sqs = moto.client(SqsClient.builder());
        SnsClient sns = moto.client(SnsClient.builder());
        SecretsManagerClient secrets = moto.client(SecretsManagerClient.builder());
        LambdaStandIn lambda = new LambdaStandIn().start();
        GraphStandIn graph = new GraphStandIn(options().dynamicPort()).start()) {
      Map<String, String> outputs = create(template, moto, s3);
      String bucket = outputs.get("BackupBucketName");
      String uploads = outputs.get("UploadsQueueUrl");
      completeBucket(template, s3, bucket, arn(sqs, uploads));
      secrets.createSecret(it -> it.name(Sample.SECRET_ID).secretString(Sample.secret()));
      String results = sqs.createQueue(it -> it.queueName("results")).queueUrl();
      sns.subscribe(
          it -> it.topicArn(outputs.get("TopicArn")).protocol("sqs").endpoint(arn(sqs, results)));

      try (FerryProcess ferry =
          FerryProcess.start("stack", environment(template, outputs, moto, lambda, graph))) {
        // S3 tells a queue first that it can reach it.
        Message test = receive(sqs, uploads);
        assertThat(test.body()).contains("s3:TestEvent");
        hand(lambda, test);

        s3.putObject(it -> it.bucket(bucket).key(KEY), RequestBody.fromBytes(Sample.backupFile()));
        hand(lambda, receive(sqs, uploads));
      }
      String version = s3.headObject(it -> it.bucket(bucket).key(KEY)).versionId();
      JsonPath told = from(receive(sqs, results).body());
      assertThat(told.getString("MessageAttributes.status.Value")).isEqualTo("MIGRATED");
      JsonPath result = from(told.getString("Message"));
      assertThat(result.getString("phoneNumberId")).isEqualTo(Sample.NUMBER);
      assertThat(result.getString("backup.bucket")).isEqualTo(bucket);
      assertThat(result.getString("backup.key")).isEqualTo(KEY);
      assertThat(result.getString("backup.versionId")).isEqualTo(version);
      assertThat(graph.registers()).hasSize(1);
      assertThat(JSON.readTree(graph.registers().get(0).getBody()))
          .isEqualTo(Sample.registerBody());
    }
  }

  /** Makes the stack, and answers its outputs. */
  private static Map<String, String> create(Template template, Moto moto, S3Client s3)
      throws Exception {
    s3.createBucket(
        it ->
            it.bucket(Template.CODE_BUCKET)
                .createBucketConfiguration(at -> at.locationConstraint("eu-central-1")));
    s3.putObject(
        it -> it.bucket(Template.CODE_BUCKET).key(Template.CODE_KEY),
        RequestBody.fromBytes(anyZip()));
    Map<String, String> create = new LinkedHashMap<>();
    create.put("Action", "CreateStack");
    create.put("StackName", "number-ferry");
    create.put("TemplateBody", template.body());
    create.put("Capabilities.member.1", "CAPABILITY_IAM");
    create.put("Parameters.member.1.ParameterKey", "EmergencyStop");
    create.put("Parameters.member.1.ParameterValue", "true");
    cloudFormation(moto, create);
    Document stack =
        cloudFormation(moto, Map.of("Action", "DescribeStacks", "StackName", "number-ferry"));
    assertThat(text(stack.getDocumentElement(), "StackStatus")).isEqualTo("CREATE_COMPLETE");
    Map<String, String> outputs = new HashMap<>();
    var nodes = stack.getElementsByTagName("OutputKey");
    for (int i = 0; i < nodes.getLength(); i++) {
      Element output = (Element) nodes.item(i).getParentNode();
      outputs.put(text(output, "OutputKey"), text(output, "OutputValue"));
    }
    return outputs;
  }

  /** What moto's CloudFormation leaves out of a bucket, as the template says it. */
  private static void completeBucket(
      Template template, S3Client s3, String bucket, String uploadsArn) {
    JsonNode properties = template.properties("BackupBucket");
    s3.putBucketVersioning(
        it ->
            it.bucket(bucket)
                .versioningConfiguration(
                    to -> to.status(properties.at("/VersioningConfiguration/Status").asText())));
    JsonNode notification = properties.at("/NotificationConfiguration/QueueConfigurations").path(0);
    assertThat(notification.path("Queue").asText()).isEqualTo("<Uploads.Arn>");
    QueueConfiguration uploads =
        QueueConfiguration.builder()
            .queueArn(uploadsArn)
            .eventsWithStrings(notification.path("Event").asText())
            .build();
    s3.putBucketNotificationConfiguration(
        it ->
            it.bucket(bucket)
                .notificationConfiguration(to -> to.queueConfigurations(List.of(uploads))));
  }

  /** The function's environment as the template says it, and where everything is here. */
  private static Map<String, String> environment(
      Template template,
      Map<String, String> outputs,
      Moto moto,
      LambdaStandIn lambda,
      GraphStandIn graph) {
    Map<String, String> deployed =
        Map.of(
            "<ResultTopic>", outputs.get("TopicArn"),
            "<Ledger>", outputs.get("LedgerTable"),
            "<BackupBucket>", outputs.get("BackupBucketName"));
    Map<String, String> environment = new HashMap<>();
    template
        .properties("BackupUploaded")
        .at("/Environment/Variables")
        .properties()
        .forEach(
            it -> {
              String value = it.getValue().asText();
              environment.put(it.getKey(), deployed.getOrDefault(value, value));
            });
    environment.putAll(
        Map.of(
            "AWS_LAMBDA_RUNTIME_API",
            lambda.address(),
            "AWS_ENDPOINT_URL",
            moto.url(),
            "AWS_REGION",
            "eu-central-1",
            "AWS_ACCESS_KEY_ID",
            "test",
            "AWS_SECRET_ACCESS_KEY",
            "test",
            "QUARKUS_REST_CLIENT_WHATSAPP_URL",
            graph.url()));
    return environment;
  }

  /** Hands a message to the function, which is done with it. */
  private static void hand(LambdaStandIn lambda, Message message) throws Exception {
    var answer = lambda.deliver(batch(message)).get(1, TimeUnit.MINUTES);
    assertThat(answer.failed()).as(answer.body()).isFalse();
    assertThat(answer.json().getMap("$")).isEqualTo(Map.of("batchItemFailures", List.of()));
  }

  /** A message as Lambda's event source hands it over. */
  private static String batch(Message message) {
    ObjectNode event = JSON.createObjectNode();
    event
        .putArray("Records")
        .addObject()
        .put("messageId", message.messageId())
        .put("receiptHandle", message.receiptHandle())
        .put("body", message.body())
        .put("eventSource", "aws:sqs");
    return event.toString();
  }

  private static Message receive(SqsClient sqs, String queue) {
    var messages = sqs.receiveMessage(it -> it.queueUrl(queue).waitTimeSeconds(5)).messages();
    assertThat(messages).hasSize(1);
    return messages.get(0);
  }

  private static String arn(SqsClient sqs, String queue) {
    return sqs.getQueueAttributes(
            it -> it.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
        .attributes()
        .get(QueueAttributeName.QUEUE_ARN);
  }

  private static byte[] anyZip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("bootstrap"));
      zip.write('x');
    }
    return bytes.toByteArray();
  }

  private static Document cloudFormation(Moto moto, Map<String, String> parameters)
      throws Exception {
    String form =
        parameters.entrySet().stream()
            .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(moto.url()))
            .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            // moto takes service and region from here, and checks no signature.
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256"
                    + " Credential=test/20261122/eu-central-1/cloudformation/aws4_request,"
                    + " SignedHeaders=host, Signature=none")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    HttpResponse<byte[]> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(answer.body()));
  }

  private static String text(Element parent, String name) {
    return parent.getElementsByTagName(name).item(0).getTextContent();
  }
}
