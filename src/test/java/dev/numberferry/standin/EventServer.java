package dev.numberferry.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.eclipse.microprofile.config.ConfigProvider;

/** Quarkus's event server, which hands what is posted to it to the function. */
public final class EventServer {

  private static final int DEFAULT_PORT = 8081;

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private EventServer() {}

  /** Posts an event, and waits for the function's answer. */
  public static HttpResponse<String> post(String event) {
    try {
      return HTTP.send(
          HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(event))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Where it listens. */
  public static int port() {
    return ConfigProvider.getConfig()
        .getOptionalValue("quarkus.lambda.mock-event-server.test-port", Integer.class)
        .orElse(DEFAULT_PORT);
  }
}
