package dev.numberferry.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.numberferry.standin.LogLines;
import dev.numberferry.support.WrongSettings;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyCheckTest {

  private static final String UNUSABLE = "http://user:secret@proxy.example:3128";

  @ParameterizedTest
  @ValueSource(strings = {"migrate", "backup-uploaded", "api"})
  void aProxyThatCannotBeUsedStopsWhatCallsRegister(String function) {
    assertThatThrownBy(() -> start(Map.of(), function))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("HTTPS_PROXY must be http://host:port")
        .hasMessageContaining("QUARKUS_REST_CLIENT_WHATSAPP_PROXY_USER")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sweep", "brake"})
  void elsewhereItKeepsNobodyFromTheBrake(String function) {
    assertThat(LogLines.of(WrongSettings.class, () -> start(Map.of(), function)))
        .singleElement()
        .asString()
        .startsWith("ERROR HTTPS_PROXY must be ");
  }

  @ParameterizedTest
  @CsvSource({
    "QUARKUS_REST_CLIENT_WHATSAPP_PROXY_ADDRESS, proxy.example:3128",
    "QUARKUS_REST_CLIENT_PROXY_ADDRESS, none",
    "QUARKUS_PROXY_HOST, proxy.example",
    "QUARKUS_REST_CLIENT_WHATSAPP_URL, http://localhost:9000",
    "NO_PROXY, *",
    "no_proxy, '.facebook.com,.amazonaws.com'"
  })
  void whereItIsNotUsedItStopsNothing(String variable, String value) {
    assertThatCode(() -> start(Map.of(variable, value), "migrate")).doesNotThrowAnyException();
  }

  @Test
  void whatHoldsForOneOfItsClientsAloneDoesNotHelpTheOther() {
    String ofRegister = "quarkus.rest-client.RegisterApi.proxy-address";

    assertThatThrownBy(() -> start(Map.of(ofRegister, "none"), "migrate"))
        .isInstanceOf(ConfigurationException.class);
  }

  private static void start(Map<String, String> set, String function) {
    Map<String, String> variables = new HashMap<>(set);
    variables.put("HTTPS_PROXY", UNUSABLE);
    Map<String, String> settings =
        Map.of("quarkus.rest-client.whatsapp.url", "https://graph.facebook.com");
    new ProxyCheck(
            new SmallRyeConfigBuilder()
                .withSources(
                    new PropertiesConfigSource(settings, "test", 100),
                    new EnvConfigSource(variables, 300))
                .build(),
            Optional.of(function))
        .onStart(new StartupEvent());
  }
}
