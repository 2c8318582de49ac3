package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Migration events as queue messages, and events of a wrong kind. */
@QuarkusTest
class QueueTest extends FunctionTestBase {

  @ParameterizedTest
  @CsvSource({
    "s3-put.json, an S3 notification",
    "s3-test.json, S3's test event",
    "eventbridge.json, an EventBridge event",
    "api-post.json, a request of an HTTP API"
  })
  void anotherKindOfEventIsNamed(String file, String kind) {
    assertThat(answered(invoke(Sample.event(file))).at("/error/message").asText())
        .isEqualTo(
            "the event is " + kind + ", and migrate takes a migration event or a batch of them");
    assertNothingSent();
  }

  @Test
  void aMessageIsAMigrationEvent() {
    Answer answer = invoke(Sample.event("sqs-migrations.json"));

    assertThat(answer.json()).isEqualTo(parse("{\"batchItemFailures\": []}"));
    assertThat(published().path("status").asText()).isEqualTo("MIGRATED");
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no JSON", "", "null", "[]"})
  void aMessageThatIsNoEventIsInvalidAndDoesNotComeBack(String body) {
    Answer answer = invoke(batch(body));

    assertThat(answer.json()).isEqualTo(parse("{\"batchItemFailures\": []}"));
    assertThat(published().path("status").asText()).isEqualTo("INVALID");
    assertNothingSent();
  }

  @Test
  void aBackupInsideAMessageIsRefused() {
    ObjectNode event = (ObjectNode) parse(Sample.event("direct.json"));
    event.putObject("backup").put("data", Sample.BACKUP);

    invoke(batch(event.toString()));

    assertThat(published().path("status").asText()).isEqualTo("INVALID");
    assertThat(published().at("/error/message").asText()).contains("no place for a credential");
    assertNothingSent();
  }

  @Test
  void ofTenMessagesOnlyTheOneThatWasNotSentComesBack() {
    String[] bodies = new String[10];
    for (int i = 0; i < bodies.length; i++) {
      String number = "10654035224292" + i;
      outside.secrets().put("whatsapp/" + number, Sample.secret());
      bodies[i] =
          Sample.event("direct.json").replace("\"" + Sample.NUMBER + "\"", "\"" + number + "\"");
    }
    bodies[3] = bodies[3].replace("\"key\"", "\"kee\"");
    bodies[5] = bodies[5].replace("\"phoneNumberId\"", "\"phoneNumber\"");
    outside.graph().answers(okJson("{\"success\": true}"));
    outside
        .secrets()
        .fails("GetSecretValue", "whatsapp/106540352242927", 500, "InternalServiceError");

    Answer answer = invoke(batch(bodies));

    assertThat(answer.json().path("batchItemFailures").findValuesAsText("itemIdentifier"))
        .containsExactly("message-7");
    assertThat(outside.graph().registers()).hasSize(7);
    assertThat(publishedStatuses())
        .containsExactly(
            "MIGRATED",
            "MIGRATED",
            "MIGRATED",
            "INVALID",
            "MIGRATED",
            "INVALID",
            "MIGRATED",
            "NOT_SENT",
            "MIGRATED",
            "MIGRATED");
  }

  private static String batch(String... bodies) {
    ObjectNode event = (ObjectNode) parse(Sample.event("sqs-migrations.json"));
    ObjectNode like = (ObjectNode) event.at("/Records/0");
    ArrayNode records = event.putArray("Records");
    for (int i = 0; i < bodies.length; i++) {
      records.add(like.deepCopy().put("messageId", "message-" + i).put("body", bodies[i]));
    }
    return event.toString();
  }
}
