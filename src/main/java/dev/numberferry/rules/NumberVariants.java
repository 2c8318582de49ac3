package dev.numberferry.rules;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The two shapes of one mobile number in a country, of which a person uses one and WhatsApp may use
 * the other. The groups are what both have in common. Only three countries have them, so this table
 * stands here instead of a library of all the world's numbers. Source: the countries' numbering
 * plans.
 */
enum NumberVariants {
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

  NumberVariants(String... shapes) {
    this.shapes = Stream.of(shapes).map(Pattern::compile).toArray(Pattern[]::new);
  }

  /** Whether two numbers, each in digits with its country code, may be the same one. */
  static boolean match(String one, String other) {
    return Stream.of(values()).anyMatch(it -> it.haveInCommon(one, other));
  }

  private boolean haveInCommon(String one, String other) {
    return cores(one).anyMatch(cores(other).collect(Collectors.toSet())::contains);
  }

  private Stream<String> cores(String digits) {
    return Stream.of(shapes)
        .map(it -> it.matcher(digits))
        .filter(Matcher::matches)
        .map(NumberVariants::groups);
  }

  private static String groups(Matcher shape) {
    return IntStream.rangeClosed(1, shape.groupCount())
        .mapToObj(shape::group)
        .collect(Collectors.joining());
  }
}
