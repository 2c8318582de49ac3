package dev.numberferry.binary;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.restassured.path.json.JsonPath.from;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.numberferry.standin.AwsStandIn;
import dev.numberferry.standin.Certificates;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.LambdaStandIn;
import dev.numberferry.standin.Moto;
import dev.numberferry.standin.Needs;
import dev.numberferry.standin.Sample;
import dev.numberferry.standin.Tool;
import io.restassured.path.json.JsonPath;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** function.zip as it is deployed: over the Lambda Runtime API, and over TLS to WhatsApp. */
class FunctionZipIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static Certificates certificates;

  private final LambdaStandIn lambda = new LambdaStandIn();
  private final AwsStandIn aws = new AwsStandIn();
  private GraphStandIn graph;

  @BeforeAll
  static void makeCertificates() {
    certificates = Certificates.make(folder);
  }

  @BeforeEach
  void start() {
    graph =
        new GraphStandIn(
                options()
                    .dynamicPort()
                    .dynamicHttpsPort()
                    .keystoreType("PKCS12")
                    .keystorePath(certificates.server().toString())
                    .keystorePassword(Certificates.PASSWORD)
                    .keyManagerPassword(Certificates.PASSWORD))
            .start();
    lambda.start();
    aws.start();
    aws.secrets().put(Sample.SECRET_ID, Sample.secret());
    aws.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());
  }

  @AfterEach
  void stop() {
    graph.close();
    lambda.close();
    aws.close();
  }

  @Test
  void withoutATopicItDoesNotStartAndSaysWhatToSet() {
    Map<String, String> environment = environment(aws.url());
    environment.remove("FERRY_TOPIC_ARN");

    try (FerryProcess ferry = FerryProcess.start("no-topic", environment)) {
      assertThat(ferry.exitCode()).isNotZero();
      assertThat(ferry.output()).contains("FERRY_TOPIC_ARN must be the ARN");
    }
  }

  @Test
  void aHostThatNoTrustedRootVouchesForGetsNothing() throws Exception {
    try (FerryProcess ferry = FerryProcess.start("untrusted", environment(aws.url()))) {
      var answer = lambda.deliver(Sample.event("direct.json")).get(1, TimeUnit.MINUTES);

      assertThat(answer.failed()).isTrue();
      assertThat(answer.body()).contains("NOT_SENT", "certificate of WhatsApp's host");
      assertThat(answer.json().getString("errorType")).isEqualTo("NotSent");
      assertThat(graph.registers()).isEmpty();
    }
  }

  @Test
  void noHeaderThatACallerFillsFailsAnInvocation() throws Exception {
    List<String> headers =
        List.of(
            "{\"custom\": {\"traceparent\": \"00-1-2-01\"}}",
            "{\"custom\": {\"nested\": {\"a\": [1]}}, \"client\": 5}",
            "{\"cognitoIdentityId\": \"1\", \"cognitoIdentityPoolId\": \"2\"}",
            "{\"custom\": ",
            "no JSON",
            "[]");
    try (FerryProcess ferry = FerryProcess.start("headers", environment(aws.url()))) {
      for (String header : headers) {
        Map<String, String> both =
            Map.of(
                "Lambda-Runtime-Client-Context",
                header,
                "Lambda-Runtime-Cognito-Identity",
                header,
                "Lambda-Runtime-Trace-Id",
                "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1",
                "Lambda-Runtime-Invoked-Function-Arn",
                "arn:aws:lambda:eu-central-1:1:function:f");
        var answer = lambda.deliver("{\"phoneNumberId\": \"1\"}", both).get(1, TimeUnit.MINUTES);

        assertThat(answer.failed()).as(answer.body()).isFalse();
        assertThat(answer.json().getString("status")).isEqualTo("INVALID");
      }
      assertThat(aws.topic().messages()).hasSize(headers.size());
    }
  }

  @Test
  void anEventThatIsNoJsonIsPublishedAsInvalid() throws Exception {
    try (FerryProcess ferry = FerryProcess.start("no-json", environment(aws.url()))) {
      for (String event : List.of("", "no JSON", "{\"dryRun\": true, \"dryRun\": false}")) {
        var answer = lambda.deliver(event).get(1, TimeUnit.MINUTES);

        assertThat(answer.failed()).as(answer.body()).isFalse();
        assertThat(answer.json().getString("status")).isEqualTo("INVALID");
      }
      assertThat(aws.topic().messages()).hasSize(3);
    }
  }

  @Test
  @Needs(Tool.MOTO)
  void sendsTheDocumentedRequestOnceAndTheMessageArrives() throws Exception {
    try (Moto moto = Moto.start();
        SecretsManagerClient secrets = moto.client(SecretsManagerClient.builder());
        S3Client s3 = moto.client(S3Client.builder());
        SnsClient sns = moto.client(SnsClient.builder());
        SqsClient sqs = moto.client(SqsClient.builder())) {
      moto.createLedger();
      secrets.createSecret(it -> it.name(Sample.SECRET_ID).secretString(Sample.secret()));
      moto.createBucket();
      s3.putObject(
          it -> it.bucket(Sample.BUCKET).key(Sample.KEY),
          RequestBody.fromBytes(Sample.backupFile()));
      String topic = sns.createTopic(it -> it.name("number-ferry-results")).topicArn();
      String queue = sqs.createQueue(it -> it.queueName("subscriber")).queueUrl();
      subscribe(sns, topic, sqs, queue);
      Map<String, String> environment = environment(moto.url());
      environment.put("FERRY_TOPIC_ARN", topic);

      try (FerryProcess ferry =
          FerryProcess.start(
              "moto",
              environment,
              "-Djavax.net.ssl.trustStore=" + certificates.trust(),
              "-Djavax.net.ssl.trustStorePassword=" + Certificates.PASSWORD)) {
        var answer = lambda.deliver(Sample.event("direct.json")).get(1, TimeUnit.MINUTES);

        assertThat(answer.failed()).as(answer.body()).isFalse();
        assertThat(answer.json().getString("status")).isEqualTo("MIGRATED");
        assertThat(graph.registers()).hasSize(1);
        LoggedRequest sent = graph.registers().get(0);
        assertThat(sent.getUrl()).isEqualTo("/v25.0/" + Sample.NUMBER + "/register");
        assertThat(sent.getHeader("Authorization")).isEqualTo("Bearer " + Sample.TOKEN);
        assertThat(JSON.readTree(sent.getBody())).isEqualTo(Sample.registerBody());
        JsonPath received = receive(sqs, queue);
        assertThat(from(received.getString("Message")).getMap("$"))
            .isEqualTo(answer.json().getMap("$"));
        assertThat(received.getString("MessageAttributes.status.Value")).isEqualTo("MIGRATED");
        assertThat(received.getString("MessageAttributes.phoneNumberId.Value"))
            .isEqualTo(Sample.NUMBER);
      }
    }
  }

  private Map<String, String> environment(String awsUrl) {
    return FerryProcess.environment("migrate", lambda.address(), awsUrl, graph.url());
  }

  private static void subscribe(SnsClient sns, String topic, SqsClient sqs, String queue) {
    String arn =
        sqs.getQueueAttributes(
                it -> it.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    sns.subscribe(it -> it.topicArn(topic).protocol("sqs").endpoint(arn));
  }

  private static JsonPath receive(SqsClient sqs, String queue) {
    var messages = sqs.receiveMessage(it -> it.queueUrl(queue).waitTimeSeconds(5)).messages();
    assertThat(messages).hasSize(1);
    return from(messages.get(0).body());
  }
}
