package dev.numberferry.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.support.StrictJson;
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

  /** How many tokens may still be read of what is inside, all of it together. */
  private int left = StrictJson.MOST_TOKENS;

  private Envelope() {}

  /**
   * What is inside, each by itself; the event as it is where it is not wrapped. All of it together
   * may be as large as one event, for all of it is held at once.
   */
  public static List<Payload> open(Payload event) {
    return new Envelope().open(event, DEPTH);
  }

  private List<Payload> open(Payload event, int depth) {
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

  private List<Payload> inside(JsonNode event) {
    EventKind kind = EventKind.of(event);
    return contents(event, kind)
        .map(it -> OF_SNS.contains(kind) ? read(it.asText()) : Payload.of(it))
        .toList();
  }

  private Payload read(String text) {
    if (left < 0) {
      return Payload.unread(
          text,
          new InvalidInputException(
              "the event",
              "has, with what is beside it, more than %s names, values and brackets"
                  .formatted(StrictJson.MOST_TOKENS),
              "Send what is inside by itself."));
    }
    Payload inside = Payload.of(text);
    left -= tokens(inside.json());
    return inside;
  }

  private static int tokens(JsonNode json) {
    int own = json.isContainerNode() ? 2 : 1;
    int names = json.isObject() ? json.size() : 0;
    return own
        + names
        + StreamSupport.stream(json.spliterator(), false).mapToInt(Envelope::tokens).sum();
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
