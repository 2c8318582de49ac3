package dev.numberferry.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Set;

/**
 * A PIN that WhatsApp has refused, by the version of the secret that holds it: the PIN itself is
 * kept nowhere else.
 *
 * @param code WhatsApp's
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RefusedPin(String secretId, String secretVersion, int code, Instant at) {

  /** PIN mismatch: this PIN is wrong, for certain. Source: Meta's Cloud API error codes. */
  private static final int WRONG = 133005;

  /** Too many guesses, too fast, account locked: these can come with the right PIN. */
  private static final Set<Integer> DOUBTFUL = Set.of(133008, 133009, 131031);

  static boolean isOne(Attempt attempt) {
    return attempt.hasCode(WRONG) || DOUBTFUL.stream().anyMatch(attempt::hasCode);
  }

  static RefusedPin of(Attempt attempt) {
    return new RefusedPin(
        attempt.key().secretId(),
        attempt.key().sentPinVersion(),
        attempt.result().outcome().error().code(),
        attempt.calledAt());
  }

  /** Whether the PIN was wrong, and not only suspected. */
  public boolean isWrong() {
    return code == WRONG;
  }
}
