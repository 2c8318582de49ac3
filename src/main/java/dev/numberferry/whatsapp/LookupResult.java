package dev.numberferry.whatsapp;

import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.NumberState;
import java.util.Optional;
import java.util.function.Function;

/**
 * What came of asking WhatsApp where a number is. Asking changes nothing. It is read through {@code
 * match}: a new kind does not compile before every reader knows it.
 */
public sealed interface LookupResult {

  <T> T match(Function<Seen, T> seen, Function<Denied, T> denied, Function<Failed, T> failed);

  /** WhatsApp answered with the state. */
  record Seen(NumberState number) implements LookupResult {
    @Override
    public <T> T match(
        Function<Seen, T> seen, Function<Denied, T> denied, Function<Failed, T> failed) {
      return seen.apply(this);
    }
  }

  /** WhatsApp refused the question, and asking again changes nothing. */
  record Denied(ErrorDetails error, String nextStep) implements LookupResult {
    @Override
    public <T> T match(
        Function<Seen, T> seen, Function<Denied, T> denied, Function<Failed, T> failed) {
      return denied.apply(this);
    }
  }

  /** There was no answer, or one that will pass. */
  record Failed(ErrorDetails error) implements LookupResult {
    @Override
    public <T> T match(
        Function<Seen, T> seen, Function<Denied, T> denied, Function<Failed, T> failed) {
      return failed.apply(this);
    }
  }

  /** The state, where WhatsApp answered with it. */
  default Optional<NumberState> state() {
    return match(
        seen -> Optional.of(seen.number()), denied -> Optional.empty(), failed -> Optional.empty());
  }

  /** Whether it was the access token that WhatsApp refused. */
  default boolean tokenRefused() {
    return match(
        seen -> false,
        denied -> denied.error().hasCode(GraphErrorCode.INVALID_TOKEN),
        failed -> false);
  }
}
