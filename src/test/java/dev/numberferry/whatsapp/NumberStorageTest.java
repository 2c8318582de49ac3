package dev.numberferry.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.support.StrictJson;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberStorageTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "'{\"status\": \"IN_COUNTRY_STORAGE_ENABLED\", \"data_localization_region\": \"BR\"}', BR",
        "'{\"status\": \"in_country_storage_enabled\", \"data_localization_region\": \"br\"}', BR",
        "'{\"data_localization_region\": \"DE\"}', DE",
        "'{\"status\": \"default\"}', DEFAULT",
        "'{\"status\": \"DEFAULT\", \"data_localization_region\": \"\"}', DEFAULT",
        "'{\"status\": \"IN_COUNTRY_STORAGE_DISABLED\", \"data_localization_region\": \"BR\"}',"
            + " DEFAULT",
        "'{\"status\": \"in_country_storage_enabled\"}', -",
        "'{}', -",
        "null, -",
        "'[]', -"
      })
  void readsTheCountryOfTheStorage(String configuration, String region) {
    assertThat(
            NumberStorage.read(
                new GraphNode(
                    StrictJson.parse("{\"storage_configuration\": " + configuration + "}")
                        .orElseThrow(),
                    new SecretMasker(Stream.of()))))
        .isEqualTo(Optional.ofNullable(region));
  }
}
