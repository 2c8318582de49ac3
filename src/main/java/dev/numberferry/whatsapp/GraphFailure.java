package dev.numberferry.whatsapp;

import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.whatsapp.GraphErrorCode.Effect;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * An error, and what {@link GraphErrorCode} knows of it.
 *
 * @param toldWait what the answer's headers ask for
 */
record GraphFailure(GraphError error, GraphErrorCode code, Optional<Duration> toldWait) {

  private static final Set<GraphErrorCode> FIELDS =
      EnumSet.of(
          GraphErrorCode.FIELD_UNKNOWN,
          GraphErrorCode.PERMISSION_MISSING,
          GraphErrorCode.VALUE_OF_LOOK);

  ErrorDetails shown() {
    return error.shown();
  }

  /** How long to wait before a new attempt makes sense, where waiting is what helps. */
  Optional<Duration> retryAfter() {
    return toldWait.filter(it -> code.effect() != Effect.REFUSED).or(() -> code.retryAfter(error));
  }

  String nextStep() {
    return code.nextStep(error, retryAfter().isPresent());
  }

  /** Whether one field that the app may not see can be what fails the whole question. */
  boolean mayBeAboutAField() {
    return error.shown().hasCode(100) && FIELDS.contains(code);
  }
}
