package dev.numberferry.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.Secret;
import dev.numberferry.support.StrictJson;
import org.jspecify.annotations.Nullable;

/**
 * What a function is given, before anybody knows whether it can be used. A text that is no JSON is
 * kept as well: it gets the same answer as any other event that cannot be used.
 *
 * @param json a missing node where it is no JSON; what a field that stands twice holds is not
 *     known, and of what is too large there is nothing but its number
 * @param problem why it must not be used; null where nothing is wrong with the JSON as such
 */
public record Payload(JsonNode json, @Nullable InvalidInputException problem) {

  public static Payload of(String text) {
    return StrictJson.parse(text)
        .filter(json -> !json.isMissingNode())
        .map(Payload::of)
        .orElseGet(
            () ->
                new Payload(
                    StrictJson.parseLoosely(text, MigrationEvent.NUMBER)
                        .orElseGet(MissingNode::getInstance),
                    StrictJson.flaw(text, "the event")));
  }

  /** A text that is not to be read, but for the number that it names. */
  static Payload unread(String text, InvalidInputException problem) {
    return new Payload(StrictJson.only(text, MigrationEvent.NUMBER), problem);
  }

  public static Payload of(JsonNode json) {
    return new Payload(json, null);
  }

  public Payload withProblem(InvalidInputException found) {
    return new Payload(json, found);
  }

  /**
   * @throws InvalidInputException if it must not be used
   */
  public JsonNode usable() {
    if (problem != null) {
      throw problem;
    }
    return json;
  }

  @Override
  public String toString() {
    return Secret.MASK;
  }
}
