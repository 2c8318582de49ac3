package dev.numberferry.whatsapp;

import dev.numberferry.support.Causes;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An answer as it came over the wire.
 *
 * @param headers by their names, in whatever case
 * @param whole whether the body was read to its end
 */
record RawAnswer(int status, Map<String, List<String>> headers, String body, boolean whole) {

  /** Why a call has no answer where the body of that went on beyond {@link AnswerLimits}. */
  static final class TooLarge extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient RawAnswer start;

    TooLarge(HttpClientResponse response, Buffer start) {
      super("the body of an answer is too large", null, false, false);
      Map<String, List<String>> headers = new TreeMap<>();
      response.headers().names().forEach(it -> headers.put(it, response.headers().getAll(it)));
      this.start = new RawAnswer(response.statusCode(), headers, start.toString(), false);
    }

    private static Optional<RawAnswer> startIn(Throwable thrown) {
      return Causes.of(thrown)
          .filter(TooLarge.class::isInstance)
          .findFirst()
          .map(it -> ((TooLarge) it).start);
    }
  }

  RawAnswer {
    Map<String, List<String>> inAnyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    inAnyCase.putAll(headers);
    headers = inAnyCase;
  }

  /**
   * The answer to a call. Of one that is too large its head counts, and its body as far as that was
   * read.
   *
   * @param limit for the whole exchange
   * @throws RuntimeException if there is none
   */
  static RawAnswer await(Uni<Response> call, Duration limit) {
    try (Response response = call.await().atMost(limit)) {
      return of(response);
    } catch (RuntimeException e) {
      return TooLarge.startIn(e).orElseThrow(() -> e);
    }
  }

  static RawAnswer of(Response response) {
    String body = response.hasEntity() ? response.readEntity(String.class) : "";
    return new RawAnswer(response.getStatus(), response.getStringHeaders(), body, true);
  }

  /** All values of a header. */
  List<String> header(String name) {
    return headers.getOrDefault(name, List.of());
  }

  /** Without headers and body, which may echo what was sent. */
  @Override
  public String toString() {
    return "HTTP " + status;
  }
}
