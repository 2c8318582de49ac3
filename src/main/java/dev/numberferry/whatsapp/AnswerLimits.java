package dev.numberferry.whatsapp;

import dev.numberferry.support.Causes;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.Objects;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;
import org.jboss.resteasy.reactive.client.impl.VertxRequestCustomizingClientBuilder;

/**
 * How much of an answer is read. Without it the client takes headers of 8 KB, which those on rate
 * limits alone can have (Meta's page on rate limits: up to 32 objects in one), and bodies without
 * end. It is found as a service, and so holds for every client.
 */
@RegisterForReflection
public final class AnswerLimits implements RestClientListener {

  /** For all headers together, in bytes. */
  static final int HEADERS = 256 * 1024;

  /** For a body, in bytes: lists of what hangs on an account take some ten thousand. */
  static final int BODY = 1024 * 1024;

  /** What Netty says of it; Vert.x passes on that text in an exception without a cause. */
  private static final String TOO_LONG = "HTTP header is larger than";

  @Override
  public void onNewClient(Class<?> type, RestClientBuilder builder) {
    builder.property(QuarkusRestClientProperties.MAX_HEADER_SIZE, HEADERS);
    ((VertxRequestCustomizingClientBuilder<?>) builder)
        .httpClientRequestCustomizer(
            request -> request.response().onSuccess(response -> watch(request, response)));
  }

  /** Whether headers beyond this are why there is no answer. */
  static boolean headersExceed(Throwable thrown) {
    return Causes.of(thrown)
        .map(it -> Objects.requireNonNullElse(it.getMessage(), ""))
        .anyMatch(it -> it.startsWith(TOO_LONG));
  }

  private static void watch(HttpClientRequest request, HttpClientResponse response) {
    Buffer read = Buffer.buffer();
    response.handler(
        chunk -> {
          read.appendBuffer(chunk);
          if (read.length() > BODY) {
            response.handler(null);
            request.reset(0, new RawAnswer.TooLarge(response, read.slice(0, BODY)));
          }
        });
  }
}
