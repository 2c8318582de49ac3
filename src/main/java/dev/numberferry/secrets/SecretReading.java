package dev.numberferry.secrets;

import dev.numberferry.domain.Findings;
import dev.numberferry.domain.InvalidInputException;
import java.util.Optional;

/**
 * A secret as it was read for a number: whose it is shows before it is used.
 *
 * @param isNamedAfterItsNumber whether its name is to tell whose it is. A secret for many numbers
 *     tells it by its entries, and of a text that is no JSON nobody knows what it was to be
 * @param secret nothing where it cannot be used
 * @param findings why it cannot be used
 */
public record SecretReading(
    boolean isNamedAfterItsNumber, Optional<NumberSecret> secret, Findings findings) {

  /**
   * @throws InvalidInputException if it cannot be used
   */
  public NumberSecret usable() {
    findings.throwIfAny();
    return secret.orElseThrow();
  }
}
