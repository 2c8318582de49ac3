package dev.numberferry.secrets;

import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.Pin;
import java.security.SecureRandom;
import java.util.Optional;

/** Reads the PIN in a number's secret, and makes one for a number that has none. */
final class Pins {

  /** What stands in the secret where two-step verification is off. */
  private static final String GENERATE = "generate";

  private static final int ALL = 1_000_000;

  private Pins() {}

  /**
   * @param id name of the secret
   * @return nothing where a PIN is to be made
   * @throws InvalidInputException if the text is no PIN
   */
  static Optional<Pin> parse(String id, String text) {
    if (GENERATE.equals(text)) {
      return Optional.empty();
    }
    if (text == null || !Pin.FORM.matcher(text).matches()) {
      throw new InvalidInputException(
          "pin in secret " + id,
          text == null ? "is missing" : "is not a text of 6 digits",
          "Store the number's two-step verification PIN as \"pin\": \"012345\", or \"generate\" if"
              + " two-step verification is off.");
    }
    return Optional.of(new Pin(text));
  }

  static Pin random() {
    return new Pin("%06d".formatted(new SecureRandom().nextInt(ALL)));
  }
}
