package dev.numberferry.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.InvalidInputException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Takes events out of what wrapped them on their way: a notification of SNS, an event of one's own
 * through EventBridge, and the record that Lambda keeps of an invocation that failed.
 */
public final class Envelope {

  /** A record of a failed invocation that SNS had started has two; nothing sensible has more. */
  private static final int DEPTH = 2;

  /** SNS carries texts, and everything else JSON. */
  private static final Set<EventKind> OF_SNS =
      EnumSet.of(EventKind.SNS_EVENT, EventKind.SNS_MESSAGE);

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
    EventKind kind = EventKind.of(event);
    return contents(event, kind)
        .map(it -> OF_SNS.contains(kind) ? Payload.of(it.asText()) : Payload.of(it))
        .toList();
  }

  /** What is in an envelope as it stands there; nothing where an event is none. */
  static Stream<JsonNode> contents(JsonNode event, EventKind kind) {
    return switch (kind) {
      case SNS_EVENT ->
          StreamSupport.stream(event.path("Records").spliterator(), false)
              .map(record -> record.at("/Sns/Message"));
      case SNS_MESSAGE -> Stream.of(event.path("Message"));
      case FAILED_INVOCATION -> Stream.of(event.path("requestPayload"));
      case OWN_EVENTBRIDGE -> Stream.of(event.path("detail"));
      default -> Stream.of();
    };
  }
}
