package dev.numberferry.rules;

import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.NumberState;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Reason;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the phone number that is to move with the one that an id belongs to, however people
 * write it.
 */
public final class ExpectedNumber {

  private static final Pattern TRUNK = Pattern.compile("(?<=[0-9)\\]])[(\\[]0[)\\]]");

  /** So many digits at the end of a number are no accident. */
  private static final int SUBSCRIBER = 6;

  private ExpectedNumber() {}

  /** What keeps the call from being made, where the event gives a number to compare with. */
  public static Optional<Outcome> obstacle(MigrationRequest request, NumberState state) {
    return request.expectedNumber().flatMap(it -> obstacle(request, it, state));
  }

  private static Optional<Outcome> obstacle(
      MigrationRequest request, String expected, NumberState state) {
    if (state.displayPhoneNumber() == null) {
      return StateRules.withheld(
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
                .filter(it -> NumberVariants.match(it, actual))
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

  private static String digits(String text) {
    return text.replaceAll("[^0-9]", "");
  }
}
