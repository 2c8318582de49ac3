package dev.numberferry.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.numberferry.standin.ConnectProxy;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;

@Timeout(60)
class HttpsProxyTest {

  private static final String UNUSABLE = "http://user:secret@proxy.example:3128";

  private static final URI WHATSAPP = URI.create("https://graph.facebook.com");

  @ParameterizedTest
  @CsvSource({
    "HTTPS_PROXY, http://proxy.example:3128, proxy.example, 3128",
    "https_proxy, http://proxy.example:3128/, proxy.example, 3128",
    "HTTPS_PROXY, HTTP://10.0.0.7:80, 10.0.0.7, 80",
    "HTTPS_PROXY, ' proxy.example:8080 ', proxy.example, 8080"
  })
  void isReadInEveryForm(String name, String value, String host, int port) {
    HttpsProxy proxy = HttpsProxy.of(config(Map.of(name, value))).orElseThrow();

    assertThat(proxy.host()).isEqualTo(host);
    assertThat(proxy.port()).isEqualTo(port);
    assertThat(proxy.serves(WHATSAPP)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:secret@proxy.example:3128",
        "https://proxy.example:3128",
        "socks5://proxy.example:1080",
        "http://proxy.example",
        "http://proxy.example:65536",
        "proxy.example"
      })
  void whatItCannotUseIsNamedByItsVariableAndNotShown(String value) {
    Config config = config(Map.of("HTTPS_PROXY", value));

    assertThat(HttpsProxy.of(config)).isEmpty();
    assertThat(HttpsProxy.problem(config))
        .contains("HTTPS_PROXY must be http://host:port, without a user or a password.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"migrate", "backup-uploaded", "api"})
  void whatItCannotUseStopsWhatCallsRegister(String function) {
    assertThatThrownBy(() -> start(UNUSABLE, function))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("HTTPS_PROXY must be ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sweep", "brake"})
  void elsewhereItKeepsNobodyFromTheBrake(String function) {
    assertThatCode(() -> start(UNUSABLE, function)).doesNotThrowAnyException();
  }

  private static void start(String proxy, String function) {
    new ProxyAtStart(config(Map.of("HTTPS_PROXY", proxy)), Optional.of(function))
        .onStart(new StartupEvent());
  }

  @Test
  void withoutTheVariableThereIsNone() {
    assertThat(HttpsProxy.of(config(Map.of("HTTPS_PROXY", " ", "NO_PROXY", "a")))).isEmpty();
    assertThat(HttpsProxy.of(config(Map.of("HTTP_PROXY", "http://a:1")))).isEmpty();
    assertThat(HttpsProxy.problem(config(Map.of("HTTPS_PROXY", " ")))).isEmpty();
    assertThat(HttpsProxy.problem(config(Map.of("HTTPS_PROXY", "http://a:1")))).isEmpty();
  }

  @Test
  void theFirstNameThatIsSetCountsAlsoWhereItIsSetToNothing() {
    Map<String, String> both = Map.of("https_proxy", "http://a:1", "HTTPS_PROXY", "http://b:2");
    assertThat(HttpsProxy.of(config(both))).map(HttpsProxy::host).contains("a");

    Map<String, String> none = Map.of("https_proxy", "", "HTTPS_PROXY", "http://b:2");
    assertThat(HttpsProxy.of(config(none))).isEmpty();

    Map<String, String> all =
        Map.of("HTTPS_PROXY", "http://b:2", "no_proxy", "", "NO_PROXY", "facebook.com");
    assertThat(HttpsProxy.of(config(all)).orElseThrow().serves(WHATSAPP)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "graph.facebook.com",
        "GRAPH.facebook.com",
        ".facebook.com",
        "facebook.com",
        "*.facebook.com",
        "localhost,127.0.0.1, facebook.com ,10.0.0.0/8",
        "localhost facebook.com",
        "graph.facebook.com:443"
      })
  void whatNoProxyNamesGoesDirectly(String noProxy) {
    assertThat(serves(noProxy, WHATSAPP)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ebook.com",
        "raph.facebook.com",
        "x.graph.facebook.com",
        "graph.facebook.com:8443",
        "169.254.169.254,.amazonaws.com",
        ","
      })
  void everythingElseGoesThroughIt(String noProxy) {
    assertThat(serves(noProxy, WHATSAPP)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:9001/2018-06-01/runtime", "http://localhost:4566"})
  void plainHttpGoesDirectly(URI asked) {
    assertThat(serves("", asked)).isFalse();
  }

  @Test
  void awsIsAskedThroughItAndPrimingConnectsToNothing() throws IOException {
    ProxySelector before = ProxySelector.getDefault();
    try (ConnectProxy server = new ConnectProxy()) {
      HttpsProxy proxy =
          HttpsProxy.of(config(Map.of("HTTPS_PROXY", "127.0.0.1:" + server.port()))).orElseThrow();
      ProxySelector.setDefault(new ProxyAtStart.Selector(proxy, before));
      try (SnsClient sns = sns()) {
        DryCall.makeAndShakeHands(
            dry -> sns.publish(it -> it.topicArn("t").message("m").overrideConfiguration(dry)));
        assertThat(server.asked()).isEmpty();

        assertThatThrownBy(() -> sns.publish(it -> it.topicArn("t").message("m")))
            .isInstanceOf(SdkException.class);
        assertThat(server.asked()).isNotEmpty().containsOnly("sns.nowhere.invalid:443");
      }
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  private static SnsClient sns() {
    return SnsClient.builder()
        .endpointOverride(URI.create("https://sns.nowhere.invalid"))
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
        .build();
  }

  private static boolean serves(String noProxy, URI asked) {
    Optional<HttpsProxy> proxy =
        HttpsProxy.of(config(Map.of("HTTPS_PROXY", "http://p:1", "NO_PROXY", noProxy)));
    return proxy.orElseThrow().serves(asked);
  }

  private static Config config(Map<String, String> variables) {
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(variables, "test", 100))
        .build();
  }
}
