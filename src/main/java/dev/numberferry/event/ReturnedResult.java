package dev.numberferry.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.numberferry.support.StrictJson;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A result, or a message of the brake, that comes back as an event: by itself, or as all that an
 * envelope holds, however often it is wrapped. Of envelopes there are more than are opened: each in
 * which a message of a topic can reach a function. An event that only quotes a result is none.
 */
public final class ReturnedResult {

  private ReturnedResult() {}

  /** Whether an event is one. */
  public static boolean isOne(JsonNode event) {
    if (event.isTextual()) {
      return StrictJson.parse(event.textValue()).filter(ReturnedResult::isOne).isPresent();
    }
    if (event.path("schemaVersion").isInt()
        && event.path("status").isTextual()
        && (event.path("migrationId").isTextual() || event.path("brakeId").isTextual())) {
      return true;
    }
    if (event.isArray() && !event.isEmpty() && all(event).allMatch(ReturnedResult::isOne)) {
      return true;
    }
    EventKind kind = EventKind.of(event);
    if (kind == EventKind.INVOCATION) {
      // Its request is what came before, where this record is passed over again and again.
      return isOne(event.path("responsePayload")) || isOne(event.path("requestPayload"));
    }
    List<JsonNode> contents = contents(event, kind).toList();
    return !contents.isEmpty() && contents.stream().allMatch(ReturnedResult::isOne);
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
