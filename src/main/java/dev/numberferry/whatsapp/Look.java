package dev.numberferry.whatsapp;

import dev.numberferry.Problem;
import java.util.Objects;
import java.util.Optional;

/** What came of asking WhatsApp where a number is. Asking changes nothing. */
public sealed interface Look {

  /** WhatsApp told. */
  record Seen(NumberState state) implements Look {}

  /** WhatsApp refused to tell, and asking again changes nothing. */
  record Denied(Problem problem, String nextStep) implements Look {

    /** Whether it was the access token that WhatsApp refused. */
    public boolean tokenRefused() {
      return Objects.equals(problem.code(), GraphError.INVALID_TOKEN);
    }
  }

  /** There was no answer, or one that will pass. */
  record Failed(Problem problem) implements Look {}

  /** The state, where WhatsApp told. */
  default Optional<NumberState> told() {
    return this instanceof Seen seen ? Optional.of(seen.state()) : Optional.empty();
  }
}
