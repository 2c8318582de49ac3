package dev.numberferry.domain;

import java.util.Optional;
import java.util.Set;

/**
 * What a call may have done to a line that worked before it. Brake, alarms and whatever counts
 * results go by this one rule.
 */
public enum Harm {
  /** WhatsApp refused the PIN: the On-Premises deployment is down. */
  LINE_DOWN,
  /** Nobody knows what the call did. */
  UNCLEAR;

  /** PIN mismatch: the PIN is wrong, for certain. Source: Meta's Cloud API error codes. */
  public static final int WRONG_PIN = 133005;

  /** The account is locked, or the PIN does not match. Source: the same. */
  public static final int ACCOUNT_LOCKED = 131031;

  /** With a wrong PIN: too many guesses, too fast, account locked. */
  private static final Set<Integer> REFUSED_PIN = Set.of(WRONG_PIN, 133008, 133009, ACCOUNT_LOCKED);

  /** The harm of a call that ended so, if it did any. */
  static Optional<Harm> of(Status status, Optional<ErrorDetails> error) {
    return switch (status) {
      case UNKNOWN -> Optional.of(UNCLEAR);
      case REJECTED ->
          error.map(ErrorDetails::code).filter(REFUSED_PIN::contains).map(it -> LINE_DOWN);
      default -> Optional.empty();
    };
  }
}
