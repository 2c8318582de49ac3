package dev.numberferry.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.standin.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EventKindTest {

  @ParameterizedTest
  @CsvSource({
    "direct.json, OTHER",
    "direct-dry-run.json, OTHER",
    "sqs-migrations.json, SQS_BATCH",
    "sqs-uploads.json, SQS_BATCH",
    "sqs-sns-uploads.json, SQS_BATCH",
    "s3-put.json, S3_NOTIFICATION",
    "s3-test.json, S3_TEST",
    "eventbridge.json, EVENTBRIDGE",
    "schedule.json, EVENTBRIDGE",
    "failed-invocation.json, FAILED_INVOCATION",
    "api-post.json, HTTP_REQUEST",
    "api-get.json, HTTP_REQUEST"
  })
  void theFilesOfThisProjectAreKnown(String file, EventKind kind) {
    assertThat(EventKind.of(Payload.of(Sample.event(file)).json())).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "FUNCTION_URL | {\"version\": \"2.0\", \"routeKey\": \"$default\", \"rawPath\":"
            + " \"/migrations\", \"requestContext\": {\"domainName\":"
            + " \"abc.lambda-url.eu-central-1.on.aws\", \"http\": {\"method\": \"POST\"}}}",
        "REST_REQUEST | {\"resource\": \"/migrations\", \"path\": \"/migrations\", \"httpMethod\":"
            + " \"POST\", \"requestContext\": {\"resourceId\": \"abc\", \"apiId\": \"def\"}}",
        "REST_REQUEST | {\"version\": \"1.0\", \"httpMethod\": \"POST\", \"requestContext\": {}}",
        "LOAD_BALANCER | {\"requestContext\": {\"elb\": {\"targetGroupArn\": \"arn\"}},"
            + " \"httpMethod\": \"GET\", \"path\": \"/\"}",
        "WEBSOCKET | {\"requestContext\": {\"connectionId\": \"L0SM9cOF\", \"routeKey\":"
            + " \"$default\"}, \"body\": \"{}\"}",
        "LATTICE | {\"raw_path\": \"/migrations\", \"method\": \"POST\", \"headers\": {}}",
        "LATTICE | {\"version\": \"2.0\", \"path\": \"/\", \"requestContext\": {\"serviceArn\":"
            + " \"arn\"}}",
        "PIPE | [{\"messageId\": \"1\", \"body\": \"{}\", \"eventSource\": \"aws:sqs\"}]",
        "PIPE | [{\"eventSource\": \"aws:kinesis\", \"data\": \"e30=\"}]",
        "STREAM | {\"Records\": [{\"eventSource\": \"aws:kinesis\", \"kinesis\": {\"data\":"
            + " \"e30=\"}}]}",
        "STREAM | {\"Records\": [{\"eventSource\": \"aws:dynamodb\", \"dynamodb\": {}}]}",
        "STREAM | {\"eventSource\": \"aws:kafka\", \"records\": {}}",
        "STREAM | {\"eventSource\": \"SelfManagedKafka\", \"records\": {}}",
        "STREAM | {\"eventSource\": \"aws:mq\", \"messages\": []}",
        "STREAM | {\"invocationId\": \"1\", \"deliveryStreamArn\": \"arn\", \"records\": []}",
        "LOGS | {\"awslogs\": {\"data\": \"H4sI\"}}",
        "STEP_FUNCTIONS | {\"Execution\": {\"Id\": \"arn\"}, \"StateMachine\": {\"Id\": \"arn\"},"
            + " \"State\": {}}",
        "INNER_EVENT | {\"input\": {\"phoneNumberId\": \"106540352242922\"}, \"taskToken\":"
            + " \"AAAA\"}",
        "INNER_EVENT | {\"Payload\": {\"phoneNumberId\": \"106540352242922\"}}",
        "S3_DETAIL | {\"version\": \"0\", \"bucket\": {\"name\": \"b\"}, \"object\": {\"key\":"
            + " \"k\"}, \"reason\": \"PutObject\"}",
        "S3_BATCH | {\"invocationSchemaVersion\": \"1.0\", \"job\": {}, \"tasks\": []}",
        "CLOUD_EVENT | {\"specversion\": \"1.0\", \"id\": \"1\", \"data\": {}}",
        "CUSTOM_RESOURCE | {\"RequestType\": \"Create\", \"ResponseURL\": \"https://x\"}",
        "SNS_OTHER | {\"Type\": \"SubscriptionConfirmation\", \"TopicArn\": \"arn\","
            + " \"SubscribeURL\": \"https://x\"}",
        "INVOCATION | {\"requestContext\": {\"functionArn\": \"arn\", \"condition\": \"Success\"},"
            + " \"requestPayload\": {}, \"responsePayload\": {}}",
        "TEXT | \"{\\\"phoneNumberId\\\": \\\"106540352242922\\\"}\"",
        "OTHER | \"106540352242922\"",
        "OTHER | []",
        "OTHER | null",
        "OTHER | 1",
        "OTHER | {\"Records\": []}",
        "OTHER | {\"Records\": {}}",
        "OTHER | {\"Records\": [1]}",
        "OTHER | {\"requestContext\": 1, \"input\": []}",
      })
  void othersAreToldApart(EventKind kind, String event) {
    assertThat(EventKind.of(Payload.of(event).json())).isEqualTo(kind);
  }

  @ParameterizedTest
  @EnumSource
  void everyKindIsNamedAndSaysWhatToDo(EventKind kind) {
    InvalidInputException problem = kind.notFor("migrate", "migration events", "Go elsewhere.");

    assertThat(problem)
        .hasMessageMatching("the event is [A-Z]?.+, and migrate takes migration events");
    assertThat(problem.cure()).endsWith(".");
  }

  @Test
  void noJsonAtAllIsOfNoKind() {
    assertThat(EventKind.of(MissingNode.getInstance())).isEqualTo(EventKind.OTHER);
  }
}
