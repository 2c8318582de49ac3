package dev.numberferry.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.NumberState;
import dev.numberferry.domain.NumberStateBuilder;
import java.util.Optional;

/** Reads the state of a number in WhatsApp's answer. */
final class NumberStateParser {

  private NumberStateParser() {}

  static NumberState read(JsonNode number, SecretMasker masker) {
    JsonNode pin = number.path("is_pin_enabled");
    return NumberStateBuilder.builder()
        .displayPhoneNumber(text(number, "/display_phone_number", masker).orElse(null))
        .platformType(text(number, "/platform_type", masker).orElse(null))
        .status(text(number, "/status", masker).orElse(null))
        .pinEnabled(pin.isBoolean() ? pin.booleanValue() : null)
        .throughput(text(number, "/throughput/level", masker).orElse(null))
        .canSendMessage(text(number, "/health_status/can_send_message", masker).orElse(null))
        .wabaId(HealthParser.wabaId(number).orElse(null))
        .build();
  }

  /** A text as it stands there: a value that is not quite one that is known is not taken for it. */
  private static Optional<String> text(JsonNode number, String pointer, SecretMasker masker) {
    return Optional.ofNullable(number.at(pointer).textValue()).map(masker::mask);
  }
}
