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

  /** WhatsApp answered that the number has moved. */
  record Registered() implements RegisterOutcome {
    @Override
    public <T> T read(Reader<T> reader) {
      return reader.registered().apply(this);
    }
  }

  /**
   * WhatsApp refused, for certain.
   *
   * @param tokenRefused whether it was the access token that it refused
   * @param retryAfter how long to wait before a new attempt makes sense, where waiting helps
   * @param nextStep what the operator does now: one sentence
   */
  record Refused(
      ErrorDetails error, boolean tokenRefused, Optional<Duration> retryAfter, String nextStep)
      implements RegisterOutcome {
    @Override
    public <T> T read(Reader<T> reader) {
      return reader.refused().apply(this);
    }
  }

  /** Nothing left this machine, and nothing will: the request was never written. */
  record NotSent(ErrorDetails error, String nextStep) implements RegisterOutcome {

    /** It came too late to the call: see {@link RegisterCall#tooLate}. */
    public static NotSent tooLate() {
      return new NotSent(
          ErrorDetails.of(
              "too little time was left for the call and its answer, or the claim may be gone"),
          "Nothing was sent: send the same event again.");
    }

    @Override
    public <T> T read(Reader<T> reader) {
      return reader.notSent().apply(this);
    }
  }

  /** It was sent, and there is no answer that can be relied on. */
  record Unclear(ErrorDetails error) implements RegisterOutcome {
    @Override
    public <T> T read(Reader<T> reader) {
      return reader.unclear().apply(this);
    }
  }

  /** One function for each kind. */
  record Reader<T>(
      Function<Registered, T> registered,
      Function<Refused, T> refused,
      Function<NotSent, T> notSent,
      Function<Unclear, T> unclear) {}

  <T> T read(Reader<T> reader);

  default <T> T match(
      Function<Registered, T> registered,
      Function<Refused, T> refused,
      Function<NotSent, T> notSent,
      Function<Unclear, T> unclear) {
    return read(new Reader<>(registered, refused, notSent, unclear));
  }
}
