package dev.numberferry.standin;

import static io.restassured.config.DecoderConfig.decoderConfig;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.restassured.RestAssured;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import org.eclipse.microprofile.config.ConfigProvider;

/** Quarkus's event server, which hands what is posted to it to the function. */
public final class EventServer {

  private static final int DEFAULT_PORT = 8081;

  /** Quarkus sets one that prints an event where a test fails: events carry secrets. */
  private static final RestAssuredConfig QUIET =
      RestAssuredConfig.newConfig()
          .encoderConfig(encoderConfig().defaultContentCharset(UTF_8))
          .decoderConfig(decoderConfig().defaultContentCharset(UTF_8));

  private EventServer() {}

  /** A request to it, which lacks nothing but its body: the event. */
  public static RequestSpecification given() {
    return RestAssured.given()
        .config(QUIET)
        .baseUri("http://localhost")
        .port(port())
        .contentType(ContentType.JSON);
  }

  /** Where it listens. Quarkus tells REST Assured so of the tests in a JVM, not of the binary's. */
  public static int port() {
    return ConfigProvider.getConfig()
        .getOptionalValue("quarkus.lambda.mock-event-server.test-port", Integer.class)
        .orElse(DEFAULT_PORT);
  }
}
