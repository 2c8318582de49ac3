package dev.numberferry.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.proxy.ProxyConnectException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportFailureTest {

  private static final Map<String, String> NONE = Map.of();
  private static final Map<String, String> VARIABLE = Map.of("HTTPS_PROXY", "http://no-such:3128");

  @ParameterizedTest
  @CsvSource({
    "java.net.UnknownHostException, the host name of %s could not be resolved",
    "java.net.ConnectException, no connection to %s could be made",
    "java.net.NoRouteToHostException, no connection to %s could be made",
    "io.netty.handler.proxy.ProxyConnectException, %s made no connection to WhatsApp"
  })
  void whatAProxyFailsInIsToldOfTheProxy(Class<? extends Throwable> type, String words)
      throws ReflectiveOperationException {
    Throwable thrown = new IllegalStateException(type.getConstructor().newInstance());

    assertThat(of(thrown, VARIABLE))
        .isEqualTo(failure(words, "the proxy of HTTPS_PROXY", "check HTTPS_PROXY and NO_PROXY"));
    assertThat(of(thrown, Map.of("quarkus.rest-client.whatsapp.proxy-address", "proxy:3128")))
        .isEqualTo(
            failure(
                words,
                "the proxy of Quarkus's settings",
                "check the setting of Quarkus's that names the proxy"));
  }

  @ParameterizedTest
  @CsvSource({"HTTPS_PROXY, proxy", "NO_PROXY, facebook.com", "quarkus.proxy.host, none"})
  void whereNoneServesWhatsAppItIsWhatsApp(String name, String value) {
    Map<String, String> settings = new HashMap<>(VARIABLE);
    settings.put(name, value);

    for (Throwable thrown : new Throwable[] {new UnknownHostException(), new ConnectException()}) {
      assertThat(of(thrown, settings)).isEqualTo(of(thrown, NONE));
    }
  }

  @Test
  void whatFailsBehindTheProxyIsWhatsApps() {
    Throwable thrown = new java.util.concurrent.TimeoutException();

    assertThat(of(thrown, VARIABLE)).isEqualTo(of(thrown, NONE));
    assertThat(of(thrown, NONE).words()).isEqualTo("WhatsApp did not answer in time");
  }

  @Test
  void aLookSendsToWhatIsToBeChecked() {
    LookupResult.Failed failed = LookupResult.Failed.of(of(new ProxyConnectException(), VARIABLE));

    assertThat(failed.nextStep())
        .isEqualTo(
            "Nothing was sent: WhatsApp did not say where the number is; check HTTPS_PROXY and"
                + " NO_PROXY, then send the same event again.");
    assertThat(LookupResult.Failed.of(of(new ConnectException(), NONE)).nextStep())
        .endsWith("in a few minutes.");
  }

  private static TransportFailure failure(String words, String proxy, String toCheck) {
    return new TransportFailure(words.formatted(proxy), java.util.Optional.of(toCheck));
  }

  private static TransportFailure of(Throwable thrown, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("quarkus.rest-client.whatsapp.url", "https://graph.facebook.com");
    Config config =
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(all, "test", 100))
            .build();
    return TransportFailure.of(thrown, config, GraphApi.class);
  }
}
