package dev.numberferry.domain;

import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the wait that a text tells, as {@code Try again in 12 hours} does. */
final class WaitInWords {

  /** What no retry lifts has to end, however a text is misread. */
  private static final Duration LONGEST = Duration.ofDays(7);

  private static final Map<String, Double> NUMBERS =
      Map.ofEntries(
          Map.entry("half an", 0.5),
          Map.entry("half a", 0.5),
          Map.entry("an", 1.0),
          Map.entry("a", 1.0),
          Map.entry("one", 1.0),
          Map.entry("two", 2.0),
          Map.entry("three", 3.0),
          Map.entry("four", 4.0),
          Map.entry("five", 5.0),
          Map.entry("six", 6.0),
          Map.entry("seven", 7.0),
          Map.entry("eight", 8.0),
          Map.entry("ten", 10.0),
          Map.entry("twelve", 12.0),
          Map.entry("twenty four", 24.0),
          Map.entry("thirty", 30.0),
          Map.entry("forty eight", 48.0),
          Map.entry("seventy two", 72.0));

  private static final String TIME =
      "([0-9]+(?:[.,][0-9]+)?|\\b(?:%s)(?= )) ?(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)(?![a-z])"
          .formatted(
              NUMBERS.keySet().stream()
                  .sorted(Comparator.comparing(String::length).reversed())
                  .collect(Collectors.joining("|")));

  private static final Pattern ONE = Pattern.compile(TIME);

  /** The time within which something was counted, and not one that is still to come. */
  private static final String COUNTED =
      "\\b(?:last|past|previous|per|each|every) |\\b(?:attempts|guesses|tries|times|requests|calls)"
          + " (?:in|within|over) (?:(?:an?|the|any) )?";

  /** Such as {@code 1 hour and 30 minutes}. */
  private static final Pattern WHOLE =
      Pattern.compile("(?<![\\w.,])(?<!%2$s)%1$s(?:,? ?(?:and )?%1$s)*".formatted(TIME, COUNTED));

  private WaitInWords() {}

  /** The longest wait that is told, at most {@link #LONGEST}; nothing where none is. */
  static Optional<Duration> in(String text) {
    String plain = text.toLowerCase(Locale.ROOT).replaceAll("[\\s\\h-]+", " ");
    return WHOLE
        .matcher(plain)
        .results()
        .map(time -> Duration.ofSeconds(seconds(time.group())))
        .filter(wait -> !wait.isZero())
        .max(Comparator.naturalOrder());
  }

  private static long seconds(String time) {
    double seconds = ONE.matcher(time).results().mapToDouble(WaitInWords::seconds).sum();
    return Math.round(Math.min(seconds, (double) LONGEST.toSeconds()));
  }

  private static double seconds(MatchResult one) {
    String number = one.group(1);
    Double word = NUMBERS.get(number);
    return (word == null ? ofDigits(number) : word) * unit(one.group(2)).toSeconds();
  }

  private static Duration unit(String name) {
    return switch (name.charAt(0)) {
      case 's' -> Duration.ofSeconds(1);
      case 'm' -> Duration.ofMinutes(1);
      case 'h' -> Duration.ofHours(1);
      case 'd' -> Duration.ofDays(1);
      default -> Duration.ofDays(7);
    };
  }

  /** A comma may stand before the thousands, or before a fraction. */
  private static double ofDigits(String number) {
    return Double.parseDouble(
        number.matches("[0-9]{1,3},[0-9]{3}") ? number.replace(",", "") : number.replace(',', '.'));
  }
}
