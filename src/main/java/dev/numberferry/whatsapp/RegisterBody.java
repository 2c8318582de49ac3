package dev.numberferry.whatsapp;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.numberferry.domain.Secret;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The documented request of {@code register}.
 *
 * @param gate what it passes before it leaves; no part of the JSON
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record RegisterBody(
    @JsonProperty("messaging_product") String messagingProduct,
    String pin,
    Backup backup,
    @JsonProperty("data_localization_region") @Nullable String dataLocalizationRegion,
    @JsonIgnore SendGate gate) {

  /** What {@code register} calls a backup: its password and its data. */
  @RegisterForReflection
  record Backup(String password, String data) {
    @Override
    public String toString() {
      return Secret.MASK;
    }
  }

  /**
   * Where a body passes its {@link SendGate}: it is ready, and the connection has no byte of it.
   * What remains are the microseconds between passing and the first byte.
   */
  static final class GateInterceptor implements WriterInterceptor {

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
      context.proceed();
      if (context.getEntity() instanceof RegisterBody body) {
        body.gate().pass();
      }
    }
  }

  static RegisterBody of(RegisterCall call, SendGate gate) {
    return new RegisterBody(
        "whatsapp",
        call.pin().value(),
        new Backup(call.password().value(), call.backup().value()),
        call.dataLocalizationRegion().orElse(null),
        gate);
  }

  @Override
  public String toString() {
    return Secret.MASK;
  }
}
