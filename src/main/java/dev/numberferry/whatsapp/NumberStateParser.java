package dev.numberferry.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.NumberState;
import dev.numberferry.domain.NumberStateBuilder;
import java.util.function.UnaryOperator;

/** Reads the state of a number in WhatsApp's answer. */
final class NumberStateParser {

  private NumberStateParser() {}

  static NumberState read(JsonNode number, SecretMasker masker) {
    JsonNode pin = number.path("is_pin_enabled");
    UnaryOperator<String> text =
        field -> {
          JsonNode value = number.at(field);
          return value.isTextual() ? masker.mask(value.textValue()) : null;
        };
    return NumberStateBuilder.builder()
        .displayPhoneNumber(text.apply("/display_phone_number"))
        .platformType(text.apply("/platform_type"))
        .status(text.apply("/status"))
        .pinEnabled(pin.isBoolean() ? pin.booleanValue() : null)
        .throughput(text.apply("/throughput/level"))
        .canSendMessage(text.apply("/health_status/can_send_message"))
        .wabaId(HealthParser.wabaId(number))
        .build();
  }
}
