package dev.numberferry.whatsapp;

import dev.numberferry.support.HttpsProxy;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;

/**
 * Sends WhatsApp's clients through the {@link HttpsProxy}, unless a setting of Quarkus's names a
 * proxy for them, or {@code none}. It is found as a service, and so holds for every client.
 */
@RegisterForReflection
public final class ProxiedClients implements RestClientListener {

  /** By address, or by the name of a configuration. */
  private static final List<String> PROXY = List.of("proxy-address", "proxy-configuration-name");

  private static final List<String> TRUST = List.of("trust-store", "tls-configuration-name");

  @Override
  public void onNewClient(Class<?> type, RestClientBuilder builder) {
    Config config = ConfigProvider.getConfig();
    if (!hasItsOwn(config, type)) {
      ofVariable(config).ifPresent(it -> builder.proxyAddress(it.host(), it.port()));
    }
  }

  /** What is wrong with the proxy, where one of WhatsApp's clients would go through it. */
  static Optional<String> problem(Config config) {
    return Stream.of(GraphApi.class, RegisterApi.class).allMatch(it -> hasItsOwn(config, it))
        ? Optional.empty()
        : whatsapp(config).flatMap(it -> HttpsProxy.problem(config, it));
  }

  private static Optional<URI> whatsapp(Config config) {
    return config
        .getOptionalValue("quarkus.rest-client.whatsapp.url", String.class)
        .map(URI::create);
  }

  /** Whether a setting of Quarkus's names a proxy for a client, or {@code none}. */
  static boolean hasItsOwn(Config config, Class<?> type) {
    return itsOwn(config, type).isPresent();
  }

  /** The proxy through which a client asks WhatsApp; nothing where it asks directly. */
  static Optional<NamedProxy> named(Config config, Class<?> type) {
    return itsOwn(config, type)
        .map(it -> Optional.of(NamedProxy.OF_QUARKUS).filter(proxy -> !it.equals("none")))
        .orElseGet(() -> ofVariable(config).map(it -> NamedProxy.OF_VARIABLE));
  }

  /**
   * Whether other roots are trusted for a client than those of the JDK, such as that of a proxy,
   * which then reads all that is asked.
   */
  static boolean trustsOthers(Config config, Class<?> type) {
    return values(
            config,
            Stream.concat(
                ofClient(type, TRUST),
                Stream.of("pem.certs", "p12.path", "jks.path")
                    .map("quarkus.tls.trust-store."::concat)))
        .findFirst()
        .isPresent();
  }

  private static Optional<HttpsProxy> ofVariable(Config config) {
    return HttpsProxy.of(config).filter(it -> whatsapp(config).filter(it::serves).isPresent());
  }

  /** {@code quarkus.proxy} holds where no name is given. */
  private static Optional<String> itsOwn(Config config, Class<?> type) {
    return values(
            config,
            Stream.concat(
                ofClient(type, PROXY),
                Stream.of("quarkus.proxy.host", type.getName() + "/mp-rest/proxyAddress")))
        .findFirst();
  }

  /**
   * For this client by its key or by its class, or for all clients. Source: the configuration
   * classes of Quarkus 3.34.
   */
  private static Stream<String> ofClient(Class<?> type, List<String> settings) {
    return Stream.of("whatsapp.", "\"" + type.getName() + "\".", type.getSimpleName() + ".", "")
        .map("quarkus.rest-client."::concat)
        .flatMap(it -> settings.stream().map(it::concat));
  }

  private static Stream<String> values(Config config, Stream<String> names) {
    return names.flatMap(it -> config.getOptionalValue(it, String.class).stream());
  }

  /** What says where a proxy is, in the operator's words. */
  enum NamedProxy {
    OF_VARIABLE("the proxy of HTTPS_PROXY", "check HTTPS_PROXY and NO_PROXY"),
    OF_QUARKUS(
        "the proxy of Quarkus's settings", "check the setting of Quarkus's that names the proxy");

    private final String words;
    private final String toCheck;

    NamedProxy(String words, String toCheck) {
      this.words = words;
      this.toCheck = toCheck;
    }

    String words() {
      return words;
    }

    String toCheck() {
      return toCheck;
    }
  }
}
