package dev.numberferry.secrets;

import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.Pin;
import dev.numberferry.secrets.StoredSecret.PlacedFields;
import dev.numberferry.support.Texts;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads the PIN in a number's secret, and makes one for a number that has none. */
final class Pins {

  /** What stands in the secret where two-step verification is off. */
  private static final String GENERATE = "generate";

  private static final int ALL = 1_000_000;

  private Pins() {}

  /**
   * @return nothing where a PIN is to be made
   * @throws InvalidInputException if the text is no PIN
   */
  static Optional<Pin> parse(PlacedFields secret) {
    Optional<String> text = Optional.ofNullable(secret.fields().pin());
    if (text.filter(GENERATE::equals).isPresent()) {
      return Optional.empty();
    }
    Optional<String> digits = text.filter(it -> Pin.FORM.matcher(it).matches());
    if (digits.isEmpty()) {
      throw new InvalidInputException(
          secret.named("pin"),
          text.map(Pins::problem).orElse("is missing"),
          "Store the number's two-step verification PIN as \"pin\": \"012345\", or \"generate\" in"
              + " a secret of its own if two-step verification is off.");
    }
    return digits.map(Pin::new);
  }

  private static String problem(String text) {
    return Texts.hasInvisible(text)
        ? "has an invisible character in it"
        : "is not a text of 6 digits";
  }

  /** A PIN that WhatsApp does not refuse as too common. */
  static Pin random(RandomGenerator random) {
    return Stream.generate(() -> "%06d".formatted(random.nextInt(ALL)))
        .filter(digits -> !isCommon(digits))
        .findFirst()
        .map(Pin::new)
        .orElseThrow();
  }

  /**
   * Repeats as in 111111, 121212 and 112233 have fewer than 4 different digits; runs such as
   * 123456, 654321 and 135791 have the same step from each digit to the next.
   */
  static boolean isCommon(String digits) {
    long steps =
        IntStream.range(1, digits.length())
            .map(i -> Math.floorMod(digits.charAt(i) - digits.charAt(i - 1), 10))
            .distinct()
            .count();
    return steps == 1 || digits.chars().distinct().count() < 4;
  }
}
