package dev.numberferry.whatsapp;

import dev.numberferry.support.StrictJson;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long the headers of an answer ask to wait. Sources: the Graph API's page on rate limits, and
 * RFC 9110 for {@code Retry-After}.
 */
final class WaitHeaders {

  /** In minutes, wherever it stands in the header's JSON. */
  private static final String USAGE_WAIT = "estimated_time_to_regain_access";

  private static final Pattern SECONDS = Pattern.compile("([0-9]{1,15})(?:\\.[0-9]*)?");

  private static final Duration LONGEST = Duration.ofDays(3);

  private WaitHeaders() {}

  /** The longest wait that is told, at most 72 hours; nothing where none is told. */
  static Optional<Duration> longest(RawAnswer answer, Instant now) {
    Stream<Duration> ofUsage =
        Stream.of("x-business-use-case-usage", "x-app-usage")
            .flatMap(it -> answer.header(it).stream())
            .flatMap(value -> StrictJson.parse(value).stream())
            .flatMap(json -> json.findValues(USAGE_WAIT).stream())
            .map(minutes -> ofMinutes(minutes.asDouble()));
    Stream<Duration> ofRetryAfter =
        answer.header("retry-after").stream().flatMap(it -> retryAfter(it.strip(), now).stream());
    return Stream.concat(ofUsage, ofRetryAfter)
        .filter(it -> it.compareTo(Duration.ZERO) > 0)
        .max(Comparator.naturalOrder())
        .map(it -> it.compareTo(LONGEST) > 0 ? LONGEST : it);
  }

  /** Bounded before it is counted: no number of a header's may be too large for a duration. */
  private static Duration ofMinutes(double minutes) {
    return Duration.ofMinutes((long) Math.max(0, Math.min(minutes, (double) LONGEST.toMinutes())));
  }

  /** Seconds, or a date. */
  private static Optional<Duration> retryAfter(String value, Instant now) {
    var seconds = SECONDS.matcher(value);
    if (seconds.matches()) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(seconds.group(1))));
    }
    try {
      ZonedDateTime until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Optional.of(Duration.between(now, until));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
