package dev.numberferry.rules;

import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.NumberState;
import dev.numberferry.domain.NumberStateBuilder;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Reason;
import dev.numberferry.ledger.LedgerEntry;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
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

  /**
   * What a comparison brings for an answer that needs no call.
   *
   * @param mismatch the answer instead, where that one is about another number
   * @param open whether nothing could be compared, because nobody told the number
   */
  public record Comparison(Optional<Outcome> mismatch, boolean open) {

    /** The answer where it stands: it says so where nothing could be compared. */
    public Outcome told(Outcome answer) {
      return open ? notCompared(answer) : answer;
    }
  }

  /**
   * Compares the number that an answer from the ledger is about.
   *
   * @param look asks WhatsApp for the number, where the ledger does not have it
   */
  public static Comparison compare(
      MigrationRequest request, LedgerEntry entry, Supplier<Optional<String>> look) {
    if (request.expectedNumber().isEmpty()) {
      return new Comparison(Optional.empty(), false);
    }
    Optional<String> number = entry.displayPhoneNumber().filter(ExpectedNumber::isNumber).or(look);
    return new Comparison(
        mismatch(request, number)
            .map(
                it ->
                    it.withSeen(
                        NumberStateBuilder.builder().displayPhoneNumber(number.get()).build())),
        number.filter(ExpectedNumber::isNumber).isEmpty());
  }

  /**
   * That the id belongs to another number than the event expects; no retry lifts it.
   *
   * @param told the number that the id belongs to, where that is known
   */
  static Optional<Outcome> mismatch(MigrationRequest request, Optional<String> told) {
    return request
        .expectedNumber()
        .flatMap(
            it -> told.filter(ExpectedNumber::isNumber).flatMap(number -> mismatch(it, number)));
  }

  /** An answer that stands although nobody told which number it is about. */
  static Outcome notCompared(Outcome answer) {
    return answer.withNextStep(
        Stream.of(
                Optional.ofNullable(answer.nextStep()),
                Optional.of(
                    "expectedNumber was not compared, as nobody told which phone number this id"
                        + " belongs to: look at it in WhatsApp Manager."))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" ")));
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

  /** The number in one form, however WhatsApp writes it; nothing where it was not told. */
  static Optional<String> shown(NumberState state) {
    return Optional.ofNullable(state.displayPhoneNumber())
        .filter(ExpectedNumber::isNumber)
        .map(it -> "+" + digits(it));
  }

  private static boolean isNumber(String told) {
    return !digits(told).isEmpty();
  }

  private static String digits(String text) {
    return text.replaceAll("[^0-9]", "");
  }
}
