package dev.numberferry.secrets;

import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.Finding;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.Pin;
import dev.numberferry.secrets.StoredSecret.Fields;
import dev.numberferry.secrets.StoredSecret.PlacedFields;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a secret has for one number.
 *
 * @param own the number's fields: all of its own secret, or its entry in one for many numbers,
 *     which is empty where it is missing
 * @param forAll what a secret for many numbers has for each of them; nothing in a number's own
 * @param flaws what keeps PIN and password from being used, of which a token is not affected
 */
record NumberFields(PlacedFields own, Optional<PlacedFields> forAll, List<Finding> flaws) {

  /** Whether the secret is one for many numbers. */
  boolean isOneOfMany() {
    return forAll.isPresent();
  }

  /**
   * The PIN, or nothing where one is to be made.
   *
   * @throws InvalidInputException if there is none that can be used. None is made for a secret for
   *     many numbers: of two runs that store one there at the same time, one would lose the PIN
   *     that it goes on to send
   */
  Optional<Pin> pin() {
    Optional<Pin> pin = Pins.parse(own);
    if (pin.isEmpty() && isOneOfMany()) {
      throw new InvalidInputException(
          own.named("pin"),
          "is \"generate\", and a PIN is made only for a secret that holds one number",
          "Give this number a secret of its own, and name that in the event's secretId, if it is"
              + " not the one that is named after the number.");
    }
    return pin;
  }

  /**
   * The token, or nothing where the shared one is to serve. Each of its two fields may be the
   * number's own or the one for all.
   *
   * @throws InvalidInputException if it cannot be used
   */
  Optional<AccessToken> token() {
    return placeWith(it -> it.accessToken() != null)
        .map(it -> AccessTokenParser.read(it, placeWith(fields -> fields.appSecret() != null)));
  }

  /**
   * Whether there is a token, even one that cannot be used: then the shared one is not to serve.
   */
  boolean hasToken() {
    return placeWith(it -> it.accessToken() != null).isPresent();
  }

  private Optional<PlacedFields> placeWith(Predicate<Fields> field) {
    return Stream.concat(Stream.of(own), forAll.stream())
        .filter(it -> field.test(it.fields()))
        .findFirst();
  }
}
