package dev.numberferry.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.BackupData;
import dev.numberferry.domain.BackupPassword;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Pin;
import dev.numberferry.standin.Sample;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The request of {@code register}, held against the schema in Meta's OpenAPI document. */
class RegisterBodyTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void hasEveryFieldThatTheSchemaRequiresAndNoneThatItDoesNotKnow() {
    JsonNode body = written(Optional.of("DE"));

    assertThat(body.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "messaging_product", "pin", "backup", "data_localization_region");
    assertThat(body.path("backup").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("password", "data");
  }

  @Test
  void hasValuesOfTheTypesAndFormsThatTheSchemaAsksFor() {
    JsonNode body = written(Optional.of("DE"));

    assertThat(body.path("messaging_product"))
        .isEqualTo(JSON.getNodeFactory().textNode("whatsapp"));
    assertThat(body.path("pin").isTextual()).isTrue();
    assertThat(body.path("pin").textValue()).matches("[0-9]{6}");
    assertThat(body.at("/backup/password").isTextual()).isTrue();
    assertThat(body.at("/backup/data").isTextual()).isTrue();
    assertThat(body.path("data_localization_region").textValue()).matches("[A-Z]{2}");
  }

  @Test
  void leavesOutTheRegionThatNobodyAskedFor() {
    assertThat(written(Optional.empty())).isEqualTo(Sample.registerBody());
  }

  @Test
  void isMaskedWhenPrinted() {
    RegisterCall call = call(Optional.empty());

    assertThat(call.toString() + body(call)).doesNotContain(Sample.SECRETS);
  }

  private static JsonNode written(Optional<String> region) {
    return JSON.valueToTree(body(call(region)));
  }

  private static RegisterBody body(RegisterCall call) {
    return RegisterBody.of(call, new SendGate(call.tooLate()));
  }

  static RegisterCall call(Optional<String> region) {
    return RegisterCallBuilder.builder()
        .number(new PhoneNumberId(Sample.NUMBER))
        .token(new AccessToken(Sample.TOKEN, Optional.empty()))
        .pin(new Pin(Sample.PIN))
        .password(new BackupPassword(Sample.PASSWORD))
        .backup(new BackupData(Sample.BACKUP))
        .dataLocalizationRegion(region)
        .tooLate(() -> false)
        .build();
  }
}
