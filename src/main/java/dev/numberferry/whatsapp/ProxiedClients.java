package dev.numberferry.whatsapp;

import dev.numberferry.support.HttpsProxy;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
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

  @Override
  public void onNewClient(Class<?> type, RestClientBuilder builder) {
    Config config = ConfigProvider.getConfig();
    if (!hasItsOwn(config, type)) {
      HttpsProxy.of(config)
          .filter(it -> it.serves(whatsapp(config)))
          .ifPresent(it -> builder.proxyAddress(it.host(), it.port()));
    }
  }

  /** What is wrong with the proxy, where one of WhatsApp's clients would go through it. */
  static Optional<String> problem(Config config) {
    return Stream.of(GraphApi.class, RegisterApi.class).allMatch(it -> hasItsOwn(config, it))
        ? Optional.empty()
        : HttpsProxy.problem(config, whatsapp(config));
  }

  private static URI whatsapp(Config config) {
    return URI.create(config.getValue("quarkus.rest-client.whatsapp.url", String.class));
  }

  /**
   * For all clients or for this one, by its key or by its class, by address or by the name of a
   * configuration; {@code quarkus.proxy} holds where no name is given. Source: the configuration
   * classes of Quarkus 3.34.
   */
  static boolean hasItsOwn(Config config, Class<?> type) {
    Stream<String> ofClients =
        Stream.of("", "whatsapp.", "\"" + type.getName() + "\".", type.getSimpleName() + ".")
            .map("quarkus.rest-client."::concat)
            .flatMap(it -> Stream.of(it + "proxy-address", it + "proxy-configuration-name"));
    return Stream.concat(
            ofClients, Stream.of("quarkus.proxy.host", type.getName() + "/mp-rest/proxyAddress"))
        .anyMatch(it -> config.getOptionalValue(it, String.class).isPresent());
  }
}
