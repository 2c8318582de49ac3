package dev.numberferry.standin;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** WhatsApp behind TLS with a private root, where a {@link ConnectProxy} is the only way to it. */
public final class BehindProxy implements QuarkusTestResourceLifecycleManager {

  /** Nothing listens there: whoever goes to it without the proxy gets no connection. */
  private static final String URL = "https://localhost:4";

  /**
   * An argument: whether the proxy wants a user and a password, as Quarkus's settings give them.
   */
  public static final String WANTS_PASSWORD = "wantsPassword";

  private static final String USER = "ferry";

  private final ConnectProxy proxy = new ConnectProxy();
  private GraphStandIn graph;
  private boolean wantsPassword;

  @Override
  public void init(Map<String, String> arguments) {
    wantsPassword = Boolean.parseBoolean(arguments.get(WANTS_PASSWORD));
  }

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
    Map<String, String> settings = new HashMap<>(proxySettings());
    settings.put("no_proxy", "");
    settings.put("quarkus.rest-client.whatsapp.url", URL);
    // The first handshake of a JVM takes long on a busy machine.
    settings.put("quarkus.rest-client.whatsapp.read-timeout", "4000");
    settings.put("ferry.function-timeout", "30s");
    settings.put("quarkus.rest-client.whatsapp.trust-store", "file:" + certificates.trust());
    settings.put("quarkus.rest-client.whatsapp.trust-store-password", Certificates.PASSWORD);
    settings.put("quarkus.rest-client.whatsapp.trust-store-type", "PKCS12");
    return settings;
  }

  private Map<String, String> proxySettings() {
    String address = "127.0.0.1:" + proxy.port();
    if (!wantsPassword) {
      return Map.of("https_proxy", "http://" + address);
    }
    proxy.demands(USER, Sample.PROXY_PASSWORD);
    return Map.of(
        "https_proxy",
        "http://%s:%s@%s".formatted(USER, Sample.PROXY_PASSWORD, address),
        "quarkus.rest-client.whatsapp.proxy-address",
        address,
        "quarkus.rest-client.whatsapp.proxy-user",
        USER,
        "quarkus.rest-client.whatsapp.proxy-password",
        Sample.PROXY_PASSWORD);
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
