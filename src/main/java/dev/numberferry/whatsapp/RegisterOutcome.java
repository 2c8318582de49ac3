package dev.numberferry.whatsapp;

import dev.numberferry.domain.ErrorDetails;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What is known after {@code register}. */
public sealed interface RegisterOutcome {

  /** WhatsApp answered that the number has moved. */
  record Registered() implements RegisterOutcome {}

  /**
   * WhatsApp refused, for certain.
   *
   * @param retryAfter how long to wait before a new attempt makes sense, where waiting helps
   * @param nextStep what the operator does now: one sentence
   */
  record Refused(ErrorDetails problem, Optional<Duration> retryAfter, String nextStep)
      implements RegisterOutcome {

    /** Whether it was the access token that WhatsApp refused. */
    public boolean tokenRefused() {
      return Objects.equals(problem.code(), GraphErrorCode.INVALID_TOKEN);
    }
  }

  /** Nothing left this machine: the connection could not be made. */
  record NotSent(ErrorDetails problem, String nextStep) implements RegisterOutcome {}

  /** It was sent, and there is no answer that can be relied on. */
  record Unclear(ErrorDetails problem, String nextStep) implements RegisterOutcome {}
}
