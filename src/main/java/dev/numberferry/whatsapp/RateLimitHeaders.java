package dev.numberferry.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.support.StrictJson;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the headers of an answer tell of the wait that a rate limit asks for. Source: the Graph
 * API's page on rate limits.
 */
final class RateLimitHeaders {

  private static final Set<String> NAMES = Set.of("x-business-use-case-usage", "x-app-usage");

  /** In minutes, wherever it stands in the header's JSON. */
  private static final String WAIT = "estimated_time_to_regain_access";

  private static final long LONGEST_MINUTES = Duration.ofHours(72).toMinutes();

  private RateLimitHeaders() {}

  /** The longest wait that is told, at most 72 hours; nothing where none is told. */
  static Optional<Duration> longestWait(Response response) {
    return response.getStringHeaders().entrySet().stream()
        .filter(header -> NAMES.contains(header.getKey().toLowerCase(Locale.ROOT)))
        .map(Map.Entry::getValue)
        .flatMap(List::stream)
        .flatMap(value -> StrictJson.parse(value).stream())
        .flatMap(json -> json.findValues(WAIT).stream())
        .map(JsonNode::asLong)
        .filter(minutes -> minutes > 0)
        .max(Long::compare)
        .map(minutes -> Duration.ofMinutes(Math.min(minutes, LONGEST_MINUTES)));
  }
}
