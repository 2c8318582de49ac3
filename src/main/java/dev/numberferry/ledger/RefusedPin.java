package dev.numberferry.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.numberferry.domain.Harm;
import java.time.Instant;

/**
 * A PIN that WhatsApp has refused, by the version of the secret that holds it: the PIN itself is
 * kept nowhere else.
 *
 * @param code WhatsApp's
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RefusedPin(String secretId, String secretVersion, int code, Instant at) {

  /** Whether an attempt was refused for its PIN. */
  public static boolean isOne(Attempt attempt) {
    return attempt.harm().filter(Harm.LINE_DOWN::equals).isPresent();
  }

  static RefusedPin of(Attempt attempt) {
    return new RefusedPin(
        attempt.key().secretId(),
        attempt.key().sentPinVersion(),
        attempt.errorCode().orElseThrow(),
        attempt.calledAt());
  }

  /** Whether the PIN was wrong, and not only suspected. */
  public boolean isWrong() {
    return code == Harm.WRONG_PIN;
  }
}
