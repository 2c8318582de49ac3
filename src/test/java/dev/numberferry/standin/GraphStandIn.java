package dev.numberferry.standin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.util.List;

/** The Graph API on a loopback port, and what it was asked. */
public final class GraphStandIn implements AutoCloseable {

  private final WireMockServer server;

  public GraphStandIn(WireMockConfiguration options) {
    server = new WireMockServer(options.bindAddress("127.0.0.1"));
  }

  /** Starts, and answers {@code register} with success. */
  public GraphStandIn start() {
    server.start();
    reset();
    return this;
  }

  public String url() {
    return server.isHttpsEnabled() ? "https://localhost:" + server.httpsPort() : server.baseUrl();
  }

  /** Forgets every request, and answers {@code register} with success again. */
  public void reset() {
    server.resetAll();
    answers(okJson("{\"success\": true}"));
  }

  /** Answers {@code register} in this way from now on. */
  public void answers(ResponseDefinitionBuilder answer) {
    server.stubFor(post(urlPathMatching("/v[0-9.]+/[0-9]+/register")).willReturn(answer));
  }

  /** Answers {@code register} with an error envelope from now on. */
  public void refuses(int httpStatus, int code) {
    refuses(httpStatus, "{\"error\": {\"message\": \"refused\", \"code\": " + code + "}}");
  }

  /** Answers {@code register} with this error envelope from now on. */
  public void refuses(int httpStatus, String envelope) {
    answers(
        aResponse()
            .withStatus(httpStatus)
            .withHeader("Content-Type", "application/json")
            .withBody(envelope));
  }

  /** Every request of any kind, oldest first. */
  public List<LoggedRequest> requests() {
    return server.findAll(anyRequestedFor(anyUrl()));
  }

  @Override
  public void close() {
    server.stop();
  }
}
