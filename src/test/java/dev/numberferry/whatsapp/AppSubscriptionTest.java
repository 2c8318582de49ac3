package dev.numberferry.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.support.StrictJson;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppSubscriptionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\": [{\"whatsapp_business_api_data\": {\"id\": \"1\"}}, {\"id\": \"2\"}]}",
        "{\"data\": [{\"id\": \"1\", \"name\": \"x\"}, null, {\"id\": \"2\"}], \"paging\": {}}"
      })
  void readsBothDocumentedForms(String answer) {
    assertThat(read(answer)).contains(Set.of("1", "2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"data\": {}}", "{\"data\": [], \"paging\": {\"next\": \"https://x\"}}"})
  void whatMayNotBeAllOfItIsNotTold(String answer) {
    assertThat(read(answer)).isEmpty();
  }

  private static Optional<Set<String>> read(String json) {
    return AppSubscription.read(
        new GraphNode(StrictJson.parse(json).orElseThrow(), new SecretMasker(Stream.of())));
  }
}
