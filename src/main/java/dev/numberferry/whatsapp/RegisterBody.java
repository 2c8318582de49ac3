package dev.numberferry.whatsapp;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.numberferry.domain.Secret;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** The documented request of {@code register}. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record RegisterBody(
    @JsonProperty("messaging_product") String messagingProduct,
    String pin,
    Backup backup,
    @JsonProperty("data_localization_region") String dataLocalizationRegion) {

  /** What {@code register} calls a backup: its password and its data. */
  @RegisterForReflection
  record Backup(String password, String data) {
    @Override
    public String toString() {
      return Secret.MASK;
    }
  }

  static RegisterBody of(RegisterCall call) {
    return new RegisterBody(
        "whatsapp",
        call.pin().value(),
        new Backup(call.password().value(), call.backup().value()),
        call.dataLocalizationRegion().orElse(null));
  }

  @Override
  public String toString() {
    return Secret.MASK;
  }
}
