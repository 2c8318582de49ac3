package dev.numberferry.whatsapp;

import dev.numberferry.domain.ErrorDetails;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is known after {@code register}. It is read through {@code match}: a new kind does not
 * compile before every reader knows it.
 */
public sealed interface RegisterOutcome {

  <T> T match(
      Function<Registered, T> registered,
      Function<Refused, T> refused,
      Function<NotSent, T> notSent,
      Function<Unclear, T> unclear);

  /** WhatsApp answered that the number has moved. */
  record Registered() implements RegisterOutcome {
    @Override
    public <T> T match(
        Function<Registered, T> registered,
        Function<Refused, T> refused,
        Function<NotSent, T> notSent,
        Function<Unclear, T> unclear) {
      return registered.apply(this);
    }
  }

  /**
   * WhatsApp refused, for certain.
   *
   * @param retryAfter how long to wait before a new attempt makes sense, where waiting helps
   * @param nextStep what the operator does now: one sentence
   */
  record Refused(ErrorDetails error, Optional<Duration> retryAfter, String nextStep)
      implements RegisterOutcome {

    /** Whether it was the access token that WhatsApp refused. */
    public boolean tokenRefused() {
      return error.hasCode(GraphErrorCode.INVALID_TOKEN);
    }

    @Override
    public <T> T match(
        Function<Registered, T> registered,
        Function<Refused, T> refused,
        Function<NotSent, T> notSent,
        Function<Unclear, T> unclear) {
      return refused.apply(this);
    }
  }

  /** Nothing left this machine: the connection could not be made. */
  record NotSent(ErrorDetails error, String nextStep) implements RegisterOutcome {
    @Override
    public <T> T match(
        Function<Registered, T> registered,
        Function<Refused, T> refused,
        Function<NotSent, T> notSent,
        Function<Unclear, T> unclear) {
      return notSent.apply(this);
    }
  }

  /** It was sent, and there is no answer that can be relied on. */
  record Unclear(ErrorDetails error) implements RegisterOutcome {
    @Override
    public <T> T match(
        Function<Registered, T> registered,
        Function<Refused, T> refused,
        Function<NotSent, T> notSent,
        Function<Unclear, T> unclear) {
      return unclear.apply(this);
    }
  }
}
