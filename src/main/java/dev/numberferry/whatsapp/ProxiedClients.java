package dev.numberferry.whatsapp;

import dev.numberferry.support.HttpsProxy;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;

/**
 * Sends WhatsApp's clients through the {@link HttpsProxy}, unless the client's own setting names a
 * proxy, or {@code none}. It is found as a service, and so holds for every client.
 */
@RegisterForReflection
public final class ProxiedClients implements RestClientListener {

  @Override
  public void onNewClient(Class<?> type, RestClientBuilder builder) {
    Config config = ConfigProvider.getConfig();
    URI whatsapp = URI.create(config.getValue("quarkus.rest-client.whatsapp.url", String.class));
    if (!hasItsOwn(config)) {
      HttpsProxy.of(config)
          .filter(it -> it.serves(whatsapp))
          .ifPresent(it -> builder.proxyAddress(it.host(), it.port()));
    }
  }

  private static boolean hasItsOwn(Config config) {
    return Stream.of(
            "quarkus.rest-client.whatsapp.proxy-address", "quarkus.rest-client.proxy-address")
        .anyMatch(it -> config.getOptionalValue(it, String.class).isPresent());
  }
}
