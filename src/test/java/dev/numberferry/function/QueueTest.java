package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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

  @ParameterizedTest
  @MethodSource("dev.numberferry.function.EnvelopeTest#envelopes")
  void aWrappedEventIsMigratedOnceFromTheQueueAndDirectly(UnaryOperator<String> envelope) {
    String wrapped = envelope.apply(Sample.event("direct.json"));

    assertThat(invoke(batch(wrapped)).json()).isEqualTo(parse("{\"batchItemFailures\": []}"));
    JsonNode again = invoke(wrapped).json();

    assertThat(published().path("status").asText()).isEqualTo("MIGRATED");
    assertThat(again.path("replayed").asBoolean()).isTrue();
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @MethodSource("dev.numberferry.function.EnvelopeTest#envelopes")
  void aResultThatComesBackIsNotPublishedHoweverItIsWrapped(UnaryOperator<String> envelope) {
    String result = invoke("{\"phoneNumberId\": \"1\"}").body();
    String wrapped = envelope.apply(result);
    outside.reset();

    for (String body :
        List.of(
            result,
            wrapped,
            EnvelopeTest.snsMessage(EnvelopeTest.snsMessage(wrapped)),
            "The result was: " + result,
            "{\"event\": " + wrapped + "}",
            "[" + batch(wrapped) + "]")) {
      assertThat(invoke(batch(body)).json()).isEqualTo(parse("{\"batchItemFailures\": []}"));
      assertThat(invoke(body).json().fieldNames().next()).isEqualTo("passedOver");
    }

    assertThat(outside.topic().messages()).isEmpty();
    assertNothingSent();
  }

  @Test
  void anInvocationThatSucceededIsNotMadeAgain() {
    invoke(EnvelopeTest.invocation("Success", Sample.event("direct.json"), "{}"));

    assertThat(published().path("status").asText()).isEqualTo("INVALID");
    assertThat(published().at("/error/message").asText()).contains("that succeeded");
    assertNothingSent();
  }

  @Test
  void aFieldThatStandsTwiceInAMessageIsInvalid() {
    String twice =
        "{\"dryRun\": true, \"dryRun\": false, " + Sample.event("direct.json").strip().substring(1);

    invoke(batch(twice));
    invoke(batch(EnvelopeTest.snsMessage(twice)));

    assertThat(outside.topic().messages())
        .extracting(it -> it.body().at("/error/message").asText())
        .containsOnly("dryRun in the event stands twice")
        .hasSize(2);
    assertNothingSent();
  }

  @Test
  void aFailureOfWhatWasWrappedBringsTheMessageBack() {
    outside.objects().fails(503, "SlowDown");

    Answer answer = invoke(batch(EnvelopeTest.failed(Sample.event("direct.json"))));

    assertThat(answer.json().path("batchItemFailures")).hasSize(1);
    assertThat(published().path("status").asText()).isEqualTo("NOT_SENT");
  }

  @Test
  void aFailedInvocationSaysWhichFailureItIsAndHowItEnded() {
    outside.objects().fails(503, "SlowDown");
    assertFailed(invokeSample(), "NotSent", "NOT_SENT");

    outside.reset();
    outside.topic().fails();
    assertFailed(invokeSample(), "NotPublished", "MIGRATED");

    outside.reset();
    outside.ledger().fails("PutItem", "MIGRATED");
    assertFailed(invokeSample(), "NotRecorded", "MIGRATED");
  }

  private static void assertFailed(Answer answer, String type, String status) {
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.json().path("errorType").asText()).isEqualTo(type);
    JsonNode result = parse(answer.json().path("errorMessage").asText());
    assertThat(result.path("status").asText()).isEqualTo(status);
    assertThat(result.path("phoneNumberId").asText()).isEqualTo(Sample.NUMBER);
    assertThat(result.has("migrationId")).isTrue();
  }

  @Test
  void whoPutTheMessageOnTheQueueIsKeptInTheLedgerOnly() {
    invoke(Sample.event("sqs-migrations.json"));

    assertThat(outside.ledger().items().toString()).contains("AIDAEXAMPLE");
    assertThat(published().toString()).doesNotContain("AIDAEXAMPLE");
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
