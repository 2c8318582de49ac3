package dev.numberferry.domain;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * For how long WhatsApp takes no call for a number after a refusal, whatever PIN is in it: a call
 * before that is refused for certain, and may prolong it. Sources: Meta's reference of register and
 * its Cloud API error codes; the words of 133008 are what people reported.
 */
public final class Lock {

  /** The calls of {@link RegisterLimit} are used up. */
  private static final int CALLS_USED_UP = 133016;

  /** PINs were guessed too often, or too fast. */
  private static final Set<Integer> PIN_GUESSES = Set.of(133008, 133009);

  private Lock() {}

  /** How long it lasts from the refusal on; nothing where there is none, or none that is told. */
  public static Optional<Duration> of(ErrorDetails error) {
    if (error.hasCode(CALLS_USED_UP)) {
      return Optional.of(RegisterLimit.WINDOW);
    }
    return Optional.ofNullable(error.code())
        .filter(PIN_GUESSES::contains)
        .flatMap(code -> WaitInWords.in(texts(error)));
  }

  private static String texts(ErrorDetails error) {
    return Objects.requireNonNullElse(error.message(), "")
        + "; "
        + Objects.requireNonNullElse(error.details(), "");
  }
}
