package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The Graph API's id of a business phone number: 5 to 20 digits. It becomes part of a URL, so
 * nothing else gets past this constructor.
 */
public record PhoneNumberId(@JsonValue String value) {

  private static final Pattern FORM = Pattern.compile("[0-9]{5,20}");

  /**
   * @throws InvalidInputException if the value is absent or has another form
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PhoneNumberId {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new InvalidInputException(
          "phoneNumberId",
          value == null ? "is missing" : "is not 5 to 20 digits",
          "Give the number's id as WhatsApp Manager shows it, as a text of digits.");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
