package dev.numberferry.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.numberferry.standin.ConnectProxy;
import dev.numberferry.standin.LogLines;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
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
    assertThat(HttpsProxy.problem(config, WHATSAPP))
        .hasValueSatisfying(
            it ->
                assertThat(it)
                    .startsWith("HTTPS_PROXY must be http://host:port, without a user")
                    .contains("QUARKUS_REST_CLIENT_WHATSAPP_PROXY_ADDRESS")
                    .doesNotContain("secret", "example"));
  }

  @ParameterizedTest
  @CsvSource({"https_proxy, https_proxy", "HTTPS_PROXY, HTTPS_PROXY"})
  void itIsNamedAsItWasSet(String set, String named) {
    Config config = environment(Map.of(set, UNUSABLE));

    assertThat(HttpsProxy.problem(config, WHATSAPP))
        .hasValueSatisfying(it -> assertThat(it).startsWith(named + " must be "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "facebook.com", ".facebook.com,localhost"})
  void whatIsNotUsedNeedNotBeUsable(String noProxy) {
    Config config = config(Map.of("HTTPS_PROXY", UNUSABLE, "NO_PROXY", noProxy));

    assertThat(HttpsProxy.problem(config, WHATSAPP)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'', 1", "*, 0", ".amazonaws.com, 0", "facebook.com, 1"})
  void thatAwsIsAskedDirectlyIsLogged(String noProxy, int lines) {
    assertThat(
            LogLines.of(
                ProxyAtStart.class,
                () -> start(Map.of("HTTPS_PROXY", UNUSABLE, "NO_PROXY", noProxy), "migrate")))
        .hasSize(lines)
        .allSatisfy(it -> assertThat(it).startsWith("WARN AWS is asked directly: HTTPS_PROXY "));
  }

  /** AWS would be asked through it, whatever NO_PROXY says. */
  @ParameterizedTest
  @CsvSource({"migrate, HTTP_PROXY", "backup-uploaded, http_proxy", "api, HTTP_PROXY"})
  void aProxyThatOnlyTheSdkReadsStopsWhatCallsRegister(String function, String variable) {
    assertThatThrownBy(() -> start(plain(variable), function))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(variable + " must not be set: ")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sweep", "brake"})
  void elsewhereItKeepsNobodyFromTheBrake(String function) {
    assertThat(LogLines.of(WrongSettings.class, () -> start(plain("HTTP_PROXY"), function)))
        .singleElement()
        .asString()
        .startsWith("ERROR HTTP_PROXY must not be set: ");
  }

  @Test
  void oneThatIsSetToNothingIsNone() {
    assertThatCode(() -> start(Map.of("HTTP_PROXY", ""), "migrate")).doesNotThrowAnyException();
  }

  private static Map<String, String> plain(String variable) {
    return Map.of("HTTPS_PROXY", "http://a:1", variable, UNUSABLE, "NO_PROXY", ".amazonaws.com");
  }

  private static void start(Map<String, String> variables, String function) {
    ProxyAtStart start = new ProxyAtStart(environment(variables), Optional.of(function));
    try {
      start.onStart(new StartupEvent());
    } finally {
      start.onStop(new ShutdownEvent());
    }
  }

  private static Config environment(Map<String, String> variables) {
    return new SmallRyeConfigBuilder().withSources(new EnvConfigSource(variables, 300)).build();
  }

  @Test
  void withoutTheVariableThereIsNone() {
    assertThat(HttpsProxy.of(config(Map.of("HTTPS_PROXY", " ", "NO_PROXY", "a")))).isEmpty();
    assertThat(HttpsProxy.of(config(Map.of("HTTP_PROXY", "http://a:1")))).isEmpty();
    assertThat(HttpsProxy.problem(config(Map.of("HTTPS_PROXY", " ")), WHATSAPP)).isEmpty();
    assertThat(HttpsProxy.problem(config(Map.of("HTTPS_PROXY", "http://a:1")), WHATSAPP)).isEmpty();
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
