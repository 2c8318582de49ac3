package dev.numberferry.standin;

import org.eclipse.microprofile.config.ConfigProvider;

/** Quarkus's event server, which hands what is posted to it to the function. */
public final class EventServer {

  private static final int DEFAULT_PORT = 8081;

  private EventServer() {}

  /** Where it listens. */
  public static int port() {
    return ConfigProvider.getConfig()
        .getOptionalValue("quarkus.lambda.mock-event-server.test-port", Integer.class)
        .orElse(DEFAULT_PORT);
  }
}
