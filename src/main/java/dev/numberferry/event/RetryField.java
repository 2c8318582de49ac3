package dev.numberferry.event;

import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.Retry;
import java.util.List;

/** The retry in a migration event, as people have to write it. */
final class RetryField {

  private static final String FORM =
      "{\"after\": \"<migrationId>/<STATUS>\", \"reason\": \"in words\"}, with the retry.after of"
          + " the number's last result or of GET /migrations/<phoneNumberId>, a reason of 1 to 500"
          + " characters in one line, and the retry.state of that result where it has one.";

  private static final String CURE = "Give " + FORM;

  static final List<FieldType> TYPES =
      List.of(
          new FieldType("retry", JsonNodeType.OBJECT, "Leave it out, or give " + FORM),
          FieldType.text("retry.after", CURE),
          FieldType.text("retry.reason", CURE),
          FieldType.text("retry.state", CURE));

  private static final FieldForm AFTER =
      FieldForm.of("retry.after", "none|[A-Za-z0-9-]{1,64}/[A-Z_]{1,32}", CURE);
  private static final FieldForm REASON = new FieldForm("retry.reason", FieldForm.ONE_LINE, CURE);

  private static final FieldForm STATE = new FieldForm("retry.state", FieldForm.ONE_LINE, CURE);

  private RetryField() {}

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
