package dev.numberferry.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiedClientsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quarkus.rest-client.proxy-address",
        "quarkus.rest-client.proxy-configuration-name",
        "quarkus.rest-client.whatsapp.proxy-address",
        "quarkus.rest-client.whatsapp.proxy-configuration-name",
        "quarkus.rest-client.\"dev.numberferry.whatsapp.RegisterApi\".proxy-address",
        "quarkus.rest-client.\"dev.numberferry.whatsapp.RegisterApi\".proxy-configuration-name",
        "quarkus.rest-client.RegisterApi.proxy-address",
        "dev.numberferry.whatsapp.RegisterApi/mp-rest/proxyAddress",
        "quarkus.proxy.host"
      })
  void aProxyOfQuarkussOwnGoesBeforeTheVariable(String name) {
    assertThat(hasItsOwn(Map.of(name, "none"), Map.of())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "QUARKUS_REST_CLIENT_WHATSAPP_PROXY_ADDRESS",
        "QUARKUS_REST_CLIENT_WHATSAPP_PROXY_CONFIGURATION_NAME",
        "QUARKUS_REST_CLIENT__DEV_NUMBERFERRY_WHATSAPP_REGISTERAPI__PROXY_ADDRESS"
      })
  void soDoesItsVariable(String name) {
    assertThat(hasItsOwn(Map.of(), Map.of(name, "proxy.example:3128"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTPS_PROXY",
        "quarkus.rest-client.\"dev.numberferry.whatsapp.GraphApi\".proxy-address",
        "quarkus.rest-client.whatsapp.url"
      })
  void allElseIsNone(String name) {
    assertThat(hasItsOwn(Map.of(name, "proxy.example:3128"), Map.of())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "QUARKUS_REST_CLIENT_WHATSAPP_TRUST_STORE, true",
    "QUARKUS_REST_CLIENT_TRUST_STORE, true",
    "QUARKUS_REST_CLIENT_WHATSAPP_TLS_CONFIGURATION_NAME, true",
    "QUARKUS_TLS_TRUST_STORE_PEM_CERTS, true",
    "QUARKUS_SNS_SYNC_CLIENT_TLS_TRUST_MANAGERS_PROVIDER_TYPE, false",
    "HTTPS_PROXY, false"
  })
  void aTrustStoreIsOneOfWhatsAppsClientOrOfAll(String name, boolean trusts) {
    Config config =
        new SmallRyeConfigBuilder()
            .withSources(new EnvConfigSource(Map.of(name, "file:/opt/root.p12"), 300))
            .build();

    assertThat(ProxiedClients.trustsOthers(config, GraphApi.class)).isEqualTo(trusts);
  }

  private static boolean hasItsOwn(Map<String, String> settings, Map<String, String> variables) {
    return ProxiedClients.hasItsOwn(
        new SmallRyeConfigBuilder()
            .withSources(
                new PropertiesConfigSource(settings, "test", 100),
                new EnvConfigSource(variables, 300))
            .build(),
        RegisterApi.class);
  }
}
