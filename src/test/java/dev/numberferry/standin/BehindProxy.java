package dev.numberferry.standin;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** WhatsApp behind TLS with a private root, where a {@link ConnectProxy} is the only way to it. */
public final class BehindProxy implements QuarkusTestResourceLifecycleManager {

  /** Nothing listens there: whoever goes to it without the proxy gets no connection. */
  private static final String URL = "https://localhost:4";

  private final ConnectProxy proxy = new ConnectProxy();
  private GraphStandIn graph;

  /** After {@link StandIns}, which also say where WhatsApp is: the last word counts. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public Map<String, String> start() {
    Certificates certificates = Certificates.make(folder());
    graph =
        new GraphStandIn(
                options()
                    .dynamicPort()
                    .dynamicHttpsPort()
                    .keystoreType("PKCS12")
                    .keystorePath(certificates.server().toString())
                    .keystorePassword(Certificates.PASSWORD)
                    .keyManagerPassword(Certificates.PASSWORD))
            .start();
    return Map.of(
        "quarkus.rest-client.whatsapp.url",
        URL,
        "https_proxy",
        "http://127.0.0.1:" + proxy.port(),
        "no_proxy",
        "",
        "quarkus.rest-client.whatsapp.trust-store",
        "file:" + certificates.trust(),
        "quarkus.rest-client.whatsapp.trust-store-password",
        Certificates.PASSWORD,
        "quarkus.rest-client.whatsapp.trust-store-type",
        "PKCS12");
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("certificates");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** WhatsApp as it was at first, and so many connections to it. */
  public void reset(int connections) {
    graph.reset();
    proxy.relays(graph.tlsPort(), connections);
  }

  public GraphStandIn graph() {
    return graph;
  }

  public ConnectProxy proxy() {
    return proxy;
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, field -> field.getType() == BehindProxy.class);
  }

  @Override
  public void stop() {
    try {
      graph.close();
      proxy.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
