package dev.numberferry.secrets;

import dev.numberferry.domain.Findings;
import dev.numberferry.domain.InvalidInputException;
import java.util.Optional;

/**
 * A secret as it was read for a number: whose it is shows before it is used.
 *
 * @param forMany whether it is one for many numbers, which says by its entries whose it is
 * @param secret nothing where it cannot be used
 * @param findings why it cannot be used
 */
public record SecretReading(boolean forMany, Optional<NumberSecret> secret, Findings findings) {

  /**
   * @throws InvalidInputException if it cannot be used
   */
  public NumberSecret usable() {
    findings.throwIfAny();
    return secret.orElseThrow();
  }
}
