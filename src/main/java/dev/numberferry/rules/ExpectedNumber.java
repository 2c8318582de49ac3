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
import org.jspecify.annotations.Nullable;

/**
 * Compares the phone number that is to move with the one that an id belongs to, however people
 * write it.
 */
public final class ExpectedNumber {

  private static final Pattern TRUNK = Pattern.compile("(?<=[0-9)\\]])[(\\[]0[)\\]]");

  /** So many digits at the end of a number are no accident. */
  private static final int SUBSCRIBER = 6;

  private ExpectedNumber() {}

  /**
   * That the id belongs to another number than the event expects; no retry lifts it.
   *
   * @param told the number that the id belongs to, where that is known
   */
  static Optional<Outcome> mismatch(MigrationRequest request, Optional<String> told) {
    return request.expectedNumber().flatMap(it -> told.flatMap(number -> mismatch(it, number)));
  }

  private static Optional<Outcome> mismatch(String expected, String told) {
    String actual = digits(told);
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

  /** The number in one form, however WhatsApp writes it; null where it was not told. */
  static @Nullable String shown(NumberState state) {
    return state.displayPhoneNumber() == null ? null : "+" + digits(state.displayPhoneNumber());
  }

  private static String digits(String text) {
    return text.replaceAll("[^0-9]", "");
  }
}
