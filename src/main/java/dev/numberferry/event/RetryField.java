package dev.numberferry.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.Retry;

/** The retry in a migration event, as people have to write it. */
final class RetryField {

  private static final String CURE =
      "Give {\"after\": \"<migrationId>/<STATUS>\", \"reason\": \"in words\"}, with the retry.after"
          + " of the number's last result or of GET /migrations/<phoneNumberId>, a reason of 1 to"
          + " 500 characters in one line, and the retry.state of that result where it has one.";

  private static final FieldForm AFTER =
      FieldForm.of("retry.after", "none|[A-Za-z0-9-]{1,64}/[A-Z_]{1,32}", CURE);
  private static final FieldForm REASON = new FieldForm("retry.reason", FieldForm.ONE_LINE, CURE);

  private static final FieldForm STATE = new FieldForm("retry.state", FieldForm.ONE_LINE, CURE);

  private RetryField() {}

  /**
   * The ledger reads a text there, as version 0.1.0 kept it; an event has to say what it is after.
   */
  static void refuseText(JsonNode event) {
    if (event != null && event.path("retry").isTextual()) {
      throw new InvalidInputException("retry", "is a text", CURE);
    }
  }

  /**
   * @throws InvalidInputException naming what of it cannot be used
   */
  static Retry checked(Retry retry) {
    AFTER.check(retry.after());
    REASON.check(retry.reason());
    STATE.optional(retry.state());
    return retry;
  }
}
