package dev.numberferry.whatsapp;

import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.NumberState;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What came of asking WhatsApp where a number is. Asking changes nothing. It is read through {@code
 * match}: a new kind does not compile before every reader knows it.
 */
public sealed interface LookupResult {

  /** WhatsApp told. */
  record Seen(NumberState number) implements LookupResult {
    @Override
    public <T> T read(Reader<T> reader) {
      return reader.seen().apply(this);
    }
  }

  /**
   * WhatsApp told of another object than it was asked for.
   *
   * @param id the id in its answer
   */
  record OtherId(String id) implements LookupResult {
    @Override
    public <T> T read(Reader<T> reader) {
      return reader.otherId().apply(this);
    }
  }

  /**
   * WhatsApp refused to tell, and asking again changes nothing.
   *
   * @param tokenRefused whether it was the access token that it refused
   * @param nextStep what the operator does now: one sentence
   */
  record Denied(ErrorDetails error, boolean tokenRefused, String nextStep) implements LookupResult {
    @Override
    public <T> T read(Reader<T> reader) {
      return reader.denied().apply(this);
    }
  }

  /**
   * There was no answer, or one that will pass.
   *
   * @param retryAfter how long to wait before asking again, where WhatsApp limits the asking
   * @param nextStep what the operator does now: one sentence
   */
  record Failed(ErrorDetails error, Optional<Duration> retryAfter, String nextStep)
      implements LookupResult {

    private static final String ASK_AGAIN =
        "Nothing was sent: WhatsApp did not say where the number is; send the same event again in a"
            + " few minutes.";

    private static final String ASK_LATER =
        "Nothing was sent: WhatsApp did not say where the number is, and wants fewer questions;"
            + " wait until retryAfter, then send the same event again.";

    private static final String CHECK =
        "Nothing was sent: WhatsApp did not say where the number is; %s, then send the same event"
            + " again.";

    /** There was no answer, and why is known. */
    static Failed of(TransportFailure failure) {
      return new Failed(
          ErrorDetails.of(failure.words()),
          Optional.empty(),
          failure.toCheck().map(CHECK::formatted).orElse(ASK_AGAIN));
    }

    /** There was no answer. */
    public static Failed of(ErrorDetails error) {
      return of(error, Optional.empty());
    }

    /** No answer that can be read, for a reason that has no code. */
    static Failed of(ErrorDetails error, Optional<Duration> retryAfter) {
      return new Failed(error, retryAfter, retryAfter.isPresent() ? ASK_LATER : ASK_AGAIN);
    }

    @Override
    public <T> T read(Reader<T> reader) {
      return reader.failed().apply(this);
    }
  }

  /** One function for each kind. */
  record Reader<T>(
      Function<Seen, T> seen,
      Function<OtherId, T> otherId,
      Function<Denied, T> denied,
      Function<Failed, T> failed) {}

  <T> T read(Reader<T> reader);

  default <T> T match(
      Function<Seen, T> seen,
      Function<OtherId, T> otherId,
      Function<Denied, T> denied,
      Function<Failed, T> failed) {
    return read(new Reader<>(seen, otherId, denied, failed));
  }

  /** The state, where WhatsApp told. */
  default Optional<NumberState> state() {
    return match(
        seen -> Optional.of(seen.number()),
        otherId -> Optional.empty(),
        denied -> Optional.empty(),
        failed -> Optional.empty());
  }

  /** Whether it was the access token that WhatsApp refused. */
  default boolean tokenRefused() {
    return match(seen -> false, otherId -> false, Denied::tokenRefused, failed -> false);
  }
}
