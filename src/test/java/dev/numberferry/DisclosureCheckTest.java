package dev.numberferry;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisclosureCheckTest {

  @ParameterizedTest
  @CsvSource({
    "quarkus.rest-client.logging.scope, request-response, QUARKUS_REST_CLIENT_LOGGING_SCOPE",
    "quarkus.rest-client.whatsapp.logging.scope, all, QUARKUS_REST_CLIENT_WHATSAPP_LOGGING_SCOPE",
    "quarkus.rest-client.\"dev.numberferry.whatsapp.GraphApi\".logging.scope, ALL,"
        + " QUARKUS_REST_CLIENT_DEV_NUMBERFERRY_WHATSAPP_GRAPHAPI_LOGGING_SCOPE",
    "quarkus.rest-client.\"dev.numberferry.whatsapp.RegisterApi\".logging.scope, ALL,"
        + " QUARKUS_REST_CLIENT_DEV_NUMBERFERRY_WHATSAPP_REGISTERAPI_LOGGING_SCOPE",
    "QUARKUS_REST_CLIENT_WHATSAPP_LOGGING_SCOPE, all, QUARKUS_REST_CLIENT_WHATSAPP_LOGGING_SCOPE",
    "QUARKUS_REST_CLIENT__DEV_NUMBERFERRY_WHATSAPP_GRAPHAPI__LOGGING_SCOPE, request-response,"
        + " QUARKUS_REST_CLIENT_DEV_NUMBERFERRY_WHATSAPP_GRAPHAPI_LOGGING_SCOPE",
    "quarkus.rest-client.whatsapp.url, http://graph.facebook.com,"
        + " QUARKUS_REST_CLIENT_WHATSAPP_URL",
    "quarkus.rest-client.whatsapp.url, http://10.0.0.7:8080, QUARKUS_REST_CLIENT_WHATSAPP_URL",
    "quarkus.rest-client.whatsapp.url, http://127.0.0.1.example.com,"
        + " QUARKUS_REST_CLIENT_WHATSAPP_URL",
    "quarkus.rest-client.whatsapp.url, HTTP://localhost@example.com,"
        + " QUARKUS_REST_CLIENT_WHATSAPP_URL",
    "quarkus.rest-client.whatsapp.url, graph.facebook.com, QUARKUS_REST_CLIENT_WHATSAPP_URL",
    "quarkus.rest-client.whatsapp.url, http://graph facebook, QUARKUS_REST_CLIENT_WHATSAPP_URL",
    "quarkus.rest-client.whatsapp.uri, http://example.com, QUARKUS_REST_CLIENT_WHATSAPP_URI",
    "dev.numberferry.whatsapp.GraphApi/mp-rest/url, http://example.com,"
        + " DEV_NUMBERFERRY_WHATSAPP_GRAPHAPI_MP_REST_URL",
    "AWS_ENDPOINT_URL, http://example.com, AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_SECRETS_MANAGER, http://10.0.0.7, AWS_ENDPOINT_URL_SECRETS_MANAGER",
    "quarkus.s3.endpoint-override, http://s3.example.com, QUARKUS_S3_ENDPOINT_OVERRIDE",
    "quarkus.secretsmanager.endpoint-override, http://example.com,"
        + " QUARKUS_SECRETSMANAGER_ENDPOINT_OVERRIDE"
  })
  void aSettingThatShowsSecretsIsNamedByItsVariable(String name, String value, String variable) {
    assertThat(problems(Map.of(name, value)))
        .singleElement()
        .asString()
        .startsWith(variable + " must ");
  }

  @ParameterizedTest
  @CsvSource({
    "quarkus.rest-client.logging.scope, none",
    "quarkus.rest-client.whatsapp.logging.body-limit, 10",
    "quarkus.rest-client.whatsapp.url, https://graph.facebook.com",
    "quarkus.rest-client.whatsapp.url, HTTPS://proxy.example.com/graph",
    "quarkus.rest-client.whatsapp.url, http://localhost:4567",
    "quarkus.rest-client.whatsapp.url, http://127.0.0.1:4567/",
    "quarkus.rest-client.whatsapp.url, http://[::1]:4567",
    "quarkus.rest-client.whatsapp.url, http://host.docker.internal:4567",
    "AWS_ENDPOINT_URL, http://127.0.0.1:4566"
  })
  void otherSettingsAreTaken(String name, String value) {
    assertThat(problems(Map.of(name, value))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"quarkus.rest-client.whatsapp.url", "AWS_ENDPOINT_URL"})
  void inSamLocalEveryHostIsOnThisMachine(String name) {
    assertThat(problems(Map.of(name, "http://stand-ins:4567", "AWS_SAM_LOCAL", "true"))).isEmpty();
    assertThat(problems(Map.of(name, "http://stand-ins:4567", "AWS_SAM_LOCAL", "false")))
        .hasSize(1);
  }

  private static List<String> problems(Map<String, String> settings) {
    return DisclosureCheck.problems(
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(settings, "test", 100))
            .build());
  }
}
