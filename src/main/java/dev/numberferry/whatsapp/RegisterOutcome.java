package dev.numberferry.whatsapp;

import dev.numberferry.Problem;
import java.util.Objects;

/** What is known after {@code register}. */
public sealed interface RegisterOutcome {

  /** Whether WhatsApp refused the access token, so that a copy of it is of no more use. */
  default boolean tokenRefused() {
    return this instanceof Refused refused
        && Objects.equals(refused.problem().code(), GraphError.INVALID_TOKEN);
  }

  /** WhatsApp answered that the number has moved. */
  record Registered() implements RegisterOutcome {}

  /**
   * WhatsApp refused, for certain.
   *
   * @param nextStep what the operator does now: one sentence
   */
  record Refused(Problem problem, String nextStep) implements RegisterOutcome {}

  /** Nothing left this machine: the connection could not be made. */
  record NotSent(Problem problem, String nextStep) implements RegisterOutcome {}

  /** It was sent, and there is no answer that can be relied on. */
  record Unclear(Problem problem, String nextStep) implements RegisterOutcome {}
}
