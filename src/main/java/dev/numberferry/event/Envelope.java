package dev.numberferry.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.InvalidInputException;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Takes events out of what wrapped them on their way: a notification of SNS, an event of one's own
 * through EventBridge, and the record that Lambda keeps of an invocation that failed.
 */
public final class Envelope {

  /** A record of a failed invocation that SNS had started has two; nothing sensible has more. */
  private static final int DEPTH = 2;

  private Envelope() {}

  /** What is inside, each by itself; the event as it is where it is not wrapped. */
  public static List<Payload> open(Payload event) {
    return open(event, DEPTH);
  }

  private static List<Payload> open(Payload event, int depth) {
    List<Payload> inside = event.problem() == null ? inside(event.json()) : List.of();
    if (inside.isEmpty()) {
      return List.of(event);
    }
    if (depth == 0) {
      return List.of(
          event.withProblem(
              new InvalidInputException(
                  "the event", "is wrapped more than twice", "Send what is inside by itself.")));
    }
    return inside.stream().flatMap(it -> open(it, depth - 1).stream()).toList();
  }

  private static List<Payload> inside(JsonNode event) {
    return switch (EventKind.of(event)) {
      case SNS_EVENT ->
          StreamSupport.stream(event.path("Records").spliterator(), false)
              .map(record -> Payload.of(record.at("/Sns/Message").asText()))
              .toList();
      case SNS_MESSAGE -> List.of(Payload.of(event.path("Message").asText()));
      case FAILED_INVOCATION -> List.of(Payload.of(event.path("requestPayload")));
      case OWN_EVENTBRIDGE -> List.of(Payload.of(event.path("detail")));
      default -> List.of();
    };
  }
}
