package dev.numberferry.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.standin.Sample;
import dev.numberferry.support.StrictJson;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

public class EnvelopeTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What SNS hands to a function that is subscribed. */
  public static String snsEvent(String message) {
    ObjectNode event = JSON.createObjectNode();
    ObjectNode record = event.putArray("Records").addObject();
    record.put("EventSource", "aws:sns").put("EventVersion", "1.0");
    record.putObject("Sns").put("Type", "Notification").put("Message", message);
    return event.toString();
  }

  /** What SNS puts on a queue, where raw delivery is off. */
  public static String snsMessage(String message) {
    return JSON.createObjectNode()
        .put("Type", "Notification")
        .put("MessageId", "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324")
        .put("TopicArn", "arn:aws:sns:eu-central-1:123456789012:uploads")
        .put("Message", message)
        .toString();
  }

  /** What Lambda keeps of an asynchronous invocation. */
  public static String invocation(String condition, String event, String answer) {
    ObjectNode record = JSON.createObjectNode().put("version", "1.0");
    record
        .putObject("requestContext")
        .put("functionArn", "arn:aws:lambda:eu-central-1:123456789012:function:migrate:$LATEST")
        .put("condition", condition)
        .put("approximateInvokeCount", 3);
    record.set("requestPayload", json(event));
    record.set("responsePayload", json(answer));
    return record.toString();
  }

  public static String failed(String event) {
    String answer =
        "{\"errorType\": \"NotSent\", \"errorMessage\": \"{\\\"schemaVersion\\\": 1,"
            + " \\\"migrationId\\\": \\\"3f98\\\", \\\"status\\\": \\\"NOT_SENT\\\"}\"}";
    return invocation("RetriesExhausted", event, answer);
  }

  static String eventBridge(String event) {
    ObjectNode sent =
        JSON.createObjectNode().put("detail-type", "Migration wanted").put("source", "erp");
    return sent.<ObjectNode>set("detail", json(event)).toString();
  }

  public static Stream<UnaryOperator<String>> envelopes() {
    return Stream.of(
        EnvelopeTest::snsEvent,
        EnvelopeTest::snsMessage,
        EnvelopeTest::failed,
        EnvelopeTest::eventBridge,
        event -> failed(snsEvent(event)),
        event -> snsMessage(failed(event)),
        event -> eventBridge(failed(event)),
        event -> snsEvent(snsMessage(event)));
  }

  @ParameterizedTest
  @MethodSource("envelopes")
  void anEventIsTakenOutOfUpToTwoEnvelopes(UnaryOperator<String> envelope) {
    String event = Sample.event("direct.json");

    List<Payload> inside = Envelope.open(Payload.of(envelope.apply(event)));

    assertThat(inside).extracting(Payload::usable).containsExactly(json(event));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"direct.json", "s3-put.json", "eventbridge.json", "s3-test.json", "api-post.json"})
  void anEventWithoutAnEnvelopeStaysAsItIs(String file) {
    Payload event = Payload.of(Sample.event(file));

    assertThat(Envelope.open(event)).containsExactly(event);
  }

  @Test
  void whatIsWrappedMoreThanTwiceIsNamed() {
    String event = snsEvent(snsMessage(failed(Sample.event("direct.json"))));

    List<Payload> inside = Envelope.open(Payload.of(event));

    assertThat(inside)
        .extracting(it -> it.problem().getMessage())
        .containsExactly("the event is wrapped more than twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no JSON", "", "{\"dryRun\": true, \"dryRun\": false}"})
  void aMessageInsideThatCannotBeReadIsAProblem(String message) {
    List<Payload> inside = Envelope.open(Payload.of(snsEvent(message)));

    assertThat(inside).hasSize(1);
    assertThat(inside.get(0).problem()).isNotNull();
  }

  /** Four of them are as large as one event may be; the next is read, as nobody knew before. */
  @Test
  void ofAllThatIsInsideSoMuchIsReadAsOneEventMayHave() {
    ObjectNode quarter = JSON.createObjectNode();
    for (int i = 0; i < StrictJson.MOST_TOKENS / 8 - 1; i++) {
      quarter.put("n" + i, 0);
    }
    ObjectNode event = (ObjectNode) json(snsEvent(quarter.toString()));
    for (int i = 0; i < 5; i++) {
      event.withArray("Records").add(event.at("/Records/0"));
    }

    List<Payload> inside = Envelope.open(Payload.of(event));

    assertThat(inside).hasSize(6);
    assertThat(inside.subList(0, 5)).allMatch(it -> it.problem() == null);
    assertThat(inside.get(5).problem())
        .hasMessageContaining("has, with what is beside it, more than 100000 names");
  }

  @Test
  void everyRecordOfSnsIsTakenOut() {
    ObjectNode event = (ObjectNode) json(snsEvent("{\"phoneNumberId\": \"1\"}"));
    event.withArray("Records").add(json(snsEvent("{\"phoneNumberId\": \"2\"}")).at("/Records/0"));

    assertThat(Envelope.open(Payload.of(event)))
        .extracting(it -> it.json().path("phoneNumberId").asText())
        .containsExactly("1", "2");
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
