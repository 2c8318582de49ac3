package dev.numberferry.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.numberferry.support.StrictJson;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What this program causes itself where a way in is subscribed to it: an answer to it would be the
 * cause of the next one, for ever. It comes by itself, or as all that an envelope holds, wrapped up
 * to {@value #DEEPEST} times. Of envelopes there are more than are opened: each in which a message
 * of a topic can reach a function. An event that only quotes an echo is none.
 */
public enum Echo {
  /** A result, or a message of the brake. */
  RESULT(
      "a result of this program that came back as an event",
      "Remove the subscription that leads from the topic of the results to this function.",
      Echo::isResult),
  /** Such as the one that published a result; one that wrote an object in S3 is an upload. */
  REPORTED_CALL(
      "a call of AWS that CloudTrail reports",
      "Take what leads here out of the targets of the EventBridge rule.",
      it -> ReportedCall.isOne(it) && !ReportedCall.wroteAnObject(it));

  /**
   * So many values are looked into, one inside of the other: as many as one JSON may have. A text
   * in a value may have as many again, and all of them together more than a stack.
   */
  private static final int DEEPEST = 100;

  private final String words;
  private final String cure;
  private final Predicate<JsonNode> test;

  Echo(String words, String cure, Predicate<JsonNode> test) {
    this.words = words;
    this.cure = cure;
    this.test = test;
  }

  /** What kind of echo an event is, if it is one. */
  public static Optional<Echo> of(JsonNode event) {
    return Stream.of(values()).filter(it -> it.isAllOf(event, DEEPEST)).findFirst();
  }

  /** What it is, to go on a sentence. */
  public String words() {
    return words;
  }

  /** A sentence on how to end it. */
  public String cure() {
    return cure;
  }

  private boolean isAllOf(JsonNode event, int left) {
    if (left == 0) {
      return false;
    }
    Predicate<JsonNode> inside = it -> isAllOf(it, left - 1);
    if (event.isTextual()) {
      return StrictJson.parse(event.textValue()).filter(inside).isPresent();
    }
    if (test.test(event)) {
      return true;
    }
    if (event.isArray() && !event.isEmpty() && all(event).allMatch(inside)) {
      return true;
    }
    EventKind kind = EventKind.of(event);
    if (kind == EventKind.INVOCATION) {
      // Its request is what came before, where this record is passed over again and again.
      return inside.test(event.path("responsePayload"))
          || inside.test(event.path("requestPayload"));
    }
    List<JsonNode> contents = contents(event, kind).toList();
    return !contents.isEmpty() && contents.stream().allMatch(inside);
  }

  private static boolean isResult(JsonNode event) {
    return event.path("schemaVersion").isInt()
        && event.path("status").isTextual()
        && (event.path("migrationId").isTextual() || event.path("brakeId").isTextual());
  }

  private static Stream<JsonNode> contents(JsonNode event, EventKind kind) {
    return switch (kind) {
      case SQS_BATCH -> bodies(event.path("Records"));
      case PIPE -> bodies(event);
      case FUNCTION_URL, HTTP_REQUEST, REST_REQUEST, LOAD_BALANCER ->
          Stream.of(TextNode.valueOf(HttpRequest.body(event)));
      case CLOUD_EVENT -> Stream.of(event.path("data"));
      case INNER_EVENT -> EventKind.innerEvents(event);
      case OTHER -> EventKind.innerEvents(event).filter(inner -> event.size() == 1);
      default -> Envelope.contents(event, kind);
    };
  }

  private static Stream<JsonNode> bodies(JsonNode records) {
    return all(records).map(it -> it.path("body"));
  }

  private static Stream<JsonNode> all(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
