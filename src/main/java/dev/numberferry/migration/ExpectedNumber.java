package dev.numberferry.migration;

import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.NumberState;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Reason;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Compares the phone number that is to move with the one that an id belongs to, however people
 * write it. Only three countries have two shapes of one number, so a table of them stands here
 * instead of a library of all the world's numbers.
 */
final class ExpectedNumber {

  /**
   * The two shapes of one mobile number in a country, of which a person uses one and WhatsApp may
   * use the other. The groups are what both have in common. Source: the countries' numbering plans.
   */
  private enum TwoShapes {
    /** With the 1 that was written before mobile numbers until 2019, or without it. */
    MEXICO("521?([0-9]{10})"),
    /** With the 9 of a call from abroad, or with the 15 of one from inside, or without either. */
    ARGENTINA(
        "549?([0-9]{10})",
        "549?([0-9]{2})15([0-9]{8})",
        "549?([0-9]{3})15([0-9]{7})",
        "549?([0-9]{4})15([0-9]{6})"),
    /** With or without the ninth digit, which only mobile numbers got. */
    BRAZIL("55([1-9][0-9])9?([6-9][0-9]{7})");

    private final Pattern[] shapes;

    TwoShapes(String... shapes) {
      this.shapes = Stream.of(shapes).map(Pattern::compile).toArray(Pattern[]::new);
    }

    private boolean haveInCommon(String one, String other) {
      return cores(one).anyMatch(cores(other).collect(Collectors.toSet())::contains);
    }

    private Stream<String> cores(String digits) {
      return Stream.of(shapes)
          .map(it -> it.matcher(digits))
          .filter(Matcher::matches)
          .map(ExpectedNumber::groups);
    }
  }

  private static final Pattern TRUNK = Pattern.compile("(?<=[0-9)\\]])[(\\[]0[)\\]]");

  /** So many digits at the end of a number are no accident. */
  private static final int SUBSCRIBER = 6;

  private ExpectedNumber() {}

  /** What keeps the call from being made, where the event gives a number to compare with. */
  static Optional<Outcome> obstacle(MigrationRequest request, NumberState state) {
    return request.expectedNumber().flatMap(it -> obstacle(request, it, state));
  }

  private static Optional<Outcome> obstacle(
      MigrationRequest request, String expected, NumberState state) {
    if (state.displayPhoneNumber() == null) {
      return Preflight.withheld(
          request,
          "WhatsApp did not tell which phone number this id belongs to, so expectedNumber could not"
              + " be compared");
    }
    String actual = digits(state.displayPhoneNumber());
    Set<String> readings = readings(expected);
    return readings.contains(actual)
        ? Optional.empty()
        : Optional.of(
            readings.stream()
                .filter(it -> isOtherShape(it, actual))
                .findFirst()
                .map(it -> otherShape(it, actual))
                .orElseGet(() -> otherNumber(readings, actual)));
  }

  /**
   * What the digits can mean: with the prefix of a call abroad or not, and with a trunk zero in
   * brackets, which most countries leave out from abroad and Italy does not.
   */
  private static Set<String> readings(String expected) {
    String compact = expected.replaceAll("[^0-9()\\[\\]]", "");
    return Stream.of(TRUNK.matcher(compact).replaceFirst(""), compact)
        .map(ExpectedNumber::digits)
        .flatMap(it -> Stream.of(it, it.replaceFirst("^00", ""), it.replaceFirst("^011", "")))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static boolean isOtherShape(String reading, String actual) {
    return Stream.of(TwoShapes.values()).anyMatch(it -> it.haveInCommon(reading, actual));
  }

  private static Outcome otherShape(String reading, String actual) {
    return Outcome.withheld(
        Reason.STATE,
        "expectedNumber is +%s, and WhatsApp shows +%s: these may be two shapes of one number"
            .formatted(reading, actual),
        "If +%s is the number that is to move, write it like that in expectedNumber; a retry does not lift this."
            .formatted(actual));
  }

  private static Outcome otherNumber(Set<String> readings, String actual) {
    boolean withoutCountry =
        readings.stream()
            .map(it -> it.replaceFirst("^0+", ""))
            .anyMatch(it -> it.length() >= SUBSCRIBER && actual.endsWith(it));
    return Outcome.invalid(
        withoutCountry
            ? new InvalidInputException(
                "expectedNumber",
                "has no country code, so it cannot be compared",
                "Write it with its country code, as in +15551234567.")
            : new InvalidInputException(
                "expectedNumber",
                "is not the phone number that this phoneNumberId belongs to",
                "Correct phoneNumberId: this one would move somebody else's line."));
  }

  private static String groups(Matcher shape) {
    return IntStream.rangeClosed(1, shape.groupCount())
        .mapToObj(shape::group)
        .collect(Collectors.joining());
  }

  private static String digits(String text) {
    return text.replaceAll("[^0-9]", "");
  }
}
