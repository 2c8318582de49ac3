package dev.numberferry.whatsapp;

import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.NumberState;
import java.util.Objects;
import java.util.Optional;

/** What came of asking WhatsApp where a number is. Asking changes nothing. */
public sealed interface LookupResult {

  /** WhatsApp told. */
  record Seen(NumberState state) implements LookupResult {}

  /** WhatsApp refused to tell, and asking again changes nothing. */
  record Denied(ErrorDetails problem, String nextStep) implements LookupResult {

    /** Whether it was the access token that WhatsApp refused. */
    public boolean tokenRefused() {
      return Objects.equals(problem.code(), GraphErrorCode.INVALID_TOKEN);
    }
  }

  /** There was no answer, or one that will pass. */
  record Failed(ErrorDetails problem) implements LookupResult {}

  /** The state, where WhatsApp told. */
  default Optional<NumberState> told() {
    return this instanceof Seen seen ? Optional.of(seen.state()) : Optional.empty();
  }
}
