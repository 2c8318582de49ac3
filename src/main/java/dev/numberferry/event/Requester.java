package dev.numberferry.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.support.Texts;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who asked for a migration, where an event tells. It comes from outside: it is cut, and kept as
 * far as a queue takes it.
 */
final class Requester {

  private static final int LONGEST = 256;

  /** Source: SQS's page on SendMessage. */
  private static final Pattern NOT_FOR_A_QUEUE =
      Pattern.compile("[\\p{Cc}\\p{Cs}\\x{FFFE}\\x{FFFF}]");

  private Requester() {}

  /**
   * @param places where an event may tell it, the most telling first
   */
  static Optional<String> by(JsonNode event, String... places) {
    return Stream.of(places)
        .map(at -> event.at(at).asText())
        .filter(it -> !it.isBlank())
        .findFirst()
        .map(it -> Texts.first(it, LONGEST))
        .map(it -> NOT_FOR_A_QUEUE.matcher(it).replaceAll("?"));
  }
}
