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
    "quarkus.tls.trust-all, true, QUARKUS_TLS_TRUST_ALL",
    "quarkus.tls.trust-all, YES, QUARKUS_TLS_TRUST_ALL",
    "QUARKUS_TLS_TRUST_ALL, 1, QUARKUS_TLS_TRUST_ALL",
    "quarkus.tls.whatsapp.trust-all, true, QUARKUS_TLS_WHATSAPP_TRUST_ALL",
    "quarkus.tls.\"what.s app\".trust-all, on, QUARKUS_TLS_WHAT_S_APP_TRUST_ALL",
    "QUARKUS_TLS__WHATSAPP__TRUST_ALL, true, QUARKUS_TLS_WHATSAPP_TRUST_ALL",
    "quarkus.tls.hostname-verification-algorithm, NONE,"
        + " QUARKUS_TLS_HOSTNAME_VERIFICATION_ALGORITHM",
    "quarkus.tls.\"whatsapp\".hostname-verification-algorithm, none,"
        + " QUARKUS_TLS_WHATSAPP_HOSTNAME_VERIFICATION_ALGORITHM",
    "quarkus.rest-client.verify-host, false, QUARKUS_REST_CLIENT_VERIFY_HOST",
    "quarkus.rest-client.whatsapp.verify-host, no, QUARKUS_REST_CLIENT_WHATSAPP_VERIFY_HOST",
    "quarkus.rest-client.\"dev.numberferry.whatsapp.RegisterApi\".verify-host, 0,"
        + " QUARKUS_REST_CLIENT_DEV_NUMBERFERRY_WHATSAPP_REGISTERAPI_VERIFY_HOST",
    "quarkus.rest-client.whatsapp.verifyHost, false, QUARKUS_REST_CLIENT_WHATSAPP_VERIFYHOST",
    "whatsapp/mp-rest/verifyHost, false, WHATSAPP_MP_REST_VERIFYHOST",
    "dev.numberferry.whatsapp.GraphApi/mp-rest/verify-host, false,"
        + " DEV_NUMBERFERRY_WHATSAPP_GRAPHAPI_MP_REST_VERIFY_HOST",
    "quarkus.rest-client.hostname-verifier, io.quarkus.restclient.NoopHostnameVerifier,"
        + " QUARKUS_REST_CLIENT_HOSTNAME_VERIFIER",
    "quarkus.rest-client.whatsapp.hostname-verifier, any.Verifier,"
        + " QUARKUS_REST_CLIENT_WHATSAPP_HOSTNAME_VERIFIER",
    "whatsapp/mp-rest/hostnameVerifier, any.Verifier, WHATSAPP_MP_REST_HOSTNAMEVERIFIER",
    "quarkus.secretsmanager.sync-client.tls-trust-managers-provider.type, trust-all,"
        + " QUARKUS_SECRETSMANAGER_SYNC_CLIENT_TLS_TRUST_MANAGERS_PROVIDER_TYPE",
    "quarkus.s3.async-client.tls-trust-managers-provider.type, TRUST_ALL,"
        + " QUARKUS_S3_ASYNC_CLIENT_TLS_TRUST_MANAGERS_PROVIDER_TYPE",
    "QUARKUS_DYNAMODB_SYNC_CLIENT_TLS_TRUST_MANAGERS_PROVIDER_TYPE, Trust-All,"
        + " QUARKUS_DYNAMODB_SYNC_CLIENT_TLS_TRUST_MANAGERS_PROVIDER_TYPE"
  })
  void aSettingThatTrustsWhoeverAnswersIsNamedByItsVariable(
      String name, String value, String variable) {
    for (String samLocal : List.of("false", "true")) {
      assertThat(problems(Map.of(name, value, "AWS_SAM_LOCAL", samLocal)))
          .singleElement()
          .asString()
          .startsWith(variable + " must ")
          .contains("whoever answers");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "quarkus.log.category.\"software.amazon.awssdk.http.auth\".level, DEBUG,"
        + " QUARKUS_LOG_CATEGORY_SOFTWARE_AMAZON_AWSSDK_HTTP_AUTH_LEVEL",
    "quarkus.log.category.\"software.amazon.awssdk.http.auth.aws.internal.signer\".level, trace,"
        + " QUARKUS_LOG_CATEGORY_SOFTWARE_AMAZON_AWSSDK_HTTP_AUTH_AWS_INTERNAL_SIGNER_LEVEL",
    "QUARKUS_LOG_CATEGORY__SOFTWARE_AMAZON_AWSSDK_AUTH__LEVEL, ALL,"
        + " QUARKUS_LOG_CATEGORY_SOFTWARE_AMAZON_AWSSDK_AUTH_LEVEL",
    "quarkus.log.category.\"sun.net.www.protocol.http.HttpURLConnection\".level, FINE,"
        + " QUARKUS_LOG_CATEGORY_SUN_NET_WWW_PROTOCOL_HTTP_HTTPURLCONNECTION_LEVEL",
    "quarkus.log.category.\"sun.net.www.protocol.http\".level, 500,"
        + " QUARKUS_LOG_CATEGORY_SUN_NET_WWW_PROTOCOL_HTTP_LEVEL",
    "quarkus.log.category.\"sun.net.www.protocol.http\".level, inherit,"
        + " QUARKUS_LOG_CATEGORY_SUN_NET_WWW_PROTOCOL_HTTP_LEVEL"
  })
  void aLevelThatShowsTheSessionTokenIsNamedByItsVariable(
      String name, String value, String variable) {
    assertThat(problems(Map.of(name, value)))
        .singleElement()
        .asString()
        .startsWith(variable + " must ")
        .contains("session token");
  }

  @ParameterizedTest
  @CsvSource({
    "quarkus.log.level, DEBUG",
    "quarkus.log.category.\"software.amazon.awssdk\".level, TRACE",
    "quarkus.log.category.\"software.amazon.awssdk.http.auth\".level, INFO",
    "quarkus.log.category.\"sun.net.www.protocol.http\".level, warn",
    "quarkus.log.category.\"dev.numberferry\".level, TRACE",
    "quarkus.rest-client.logging.scope, none",
    "quarkus.tls.trust-all, false",
    "quarkus.tls.\"whatsapp\".trust-all, FALSE",
    "quarkus.tls.trust-store.pem.certs, proxy.pem",
    "quarkus.tls.hostname-verification-algorithm, HTTPS",
    "quarkus.rest-client.verify-host, true",
    "whatsapp/mp-rest/verifyHost, TRUE",
    "quarkus.rest-client.whatsapp.trust-store, proxy.jks",
    "quarkus.s3.sync-client.tls-trust-managers-provider.type, system-property",
    "quarkus.s3.sync-client.tls-trust-managers-provider.type, file-store",
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
