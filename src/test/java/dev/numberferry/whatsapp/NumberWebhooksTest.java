package dev.numberferry.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.domain.Webhooks;
import dev.numberferry.support.StrictJson;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberWebhooksTest {

  @ParameterizedTest
  @CsvSource({
    "'{\"application\": \"https://a.example\"}', a.example, APP",
    "'{\"application\": \"https://a.example\", \"whatsapp_business_account\":"
        + " \"https://w.example\"}', w.example, WABA",
    "'{\"phone_number\": \"https://p.example\", \"application\": \"https://a.example\","
        + " \"whatsapp_business_account\": \"https://w.example\"}', p.example, PHONE_NUMBER",
    "'{\"phone_number\": \"\", \"whatsapp_business_account\": null, \"application\":"
        + " \"https://a.example\"}', a.example, APP"
  })
  void theMoreSpecificOneCounts(String configuration, String host, String setOn) {
    assertThat(read("{\"webhook_configuration\": " + configuration + "}"))
        .contains(new Webhooks(host, setOn, null));
  }

  @ParameterizedTest
  @CsvSource({
    "https://hooks.example.com/whatsapp/s3cret?token=s3cret#s3cret, hooks.example.com",
    "https://hooks.example.com?token=s3cret, hooks.example.com",
    "https://s3cret:s3cret@hooks.example.com:8443/x, hooks.example.com",
    "https://s3cret@x:s3cret@my_host.example.com, my_host.example.com",
    "https://[2001:db8::1]:443/s3cret, [2001:db8::1]",
    "//hooks.example.com/s3cret, hooks.example.com",
    "https://hooks.example.com\\s3cret, hooks.example.com",
    "https://hooks.example.com/{s3cret}, hooks.example.com"
  })
  void nothingOfAUrlIsToldButItsHost(String url, String host) {
    assertThat(webhook(url)).contains(new Webhooks(host, "APP", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cret", "hooks.example.com/s3cret", "https:///s3cret", "https://ä b/x"})
  void aUrlThatCannotBeReadIsSetAndHasNoHost(String url) {
    assertThat(webhook(url)).contains(new Webhooks(null, "APP", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "[]", "{\"application\": \"\"}", "{\"application\": null}"})
  void aConfigurationWithoutAnyWebhookSaysSo(String configuration) {
    assertThat(read("{\"webhook_configuration\": " + configuration + "}"))
        .contains(new Webhooks(null, Webhooks.NOWHERE, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"id\": \"1\"}"})
  void whereThereIsNoConfigurationNothingIsTold(String number) {
    assertThat(read(number)).isEmpty();
  }

  private static Optional<Webhooks> webhook(String url) {
    return read(
        "{\"webhook_configuration\": {\"application\": \"" + url.replace("\\", "\\\\") + "\"}}");
  }

  private static Optional<Webhooks> read(String json) {
    return NumberWebhooks.read(
        new GraphNode(StrictJson.parse(json).orElseThrow(), new SecretMasker(Stream.of())));
  }
}
