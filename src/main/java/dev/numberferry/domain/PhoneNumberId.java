package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Graph API's id of a business phone number: 5 to 20 digits, of which the first is no zero. It
 * becomes part of a URL, so nothing but digits gets into it.
 */
public final class PhoneNumberId {

  /**
   * The form of any id of the Graph API. Version 0.1.0 took ids of numbers that begin with a zero,
   * and the ledger may hold them.
   */
  public static final Pattern ANY_ID = Pattern.compile("[0-9]{5,20}");

  private static final Pattern FORM = Pattern.compile("(?!0)" + ANY_ID);

  private final String value;

  /**
   * An id as an event gives it.
   *
   * @throws InvalidInputException if the value is absent or has another form
   */
  public PhoneNumberId(@Nullable String value) {
    this(value, FORM);
  }

  /** The id in a text, or nothing where the text is none. */
  public static Optional<PhoneNumberId> of(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new PhoneNumberId(text)) : Optional.empty();
  }

  private PhoneNumberId(@Nullable String value, Pattern form) {
    if (value == null || !form.matcher(value).matches()) {
      throw new InvalidInputException(
          "phoneNumberId",
          problem(value),
          "Give the number's id as WhatsApp Manager shows it, as a text of digits.");
    }
    this.value = value;
  }

  /**
   * An id as the ledger holds it.
   *
   * @throws InvalidInputException if it is not 5 to 20 digits
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static PhoneNumberId stored(@Nullable String value) {
    return new PhoneNumberId(value, ANY_ID);
  }

  private static String problem(@Nullable String value) {
    if (value == null) {
      return "is missing";
    }
    return ANY_ID.matcher(value).matches() ? "begins with a zero" : "is not 5 to 20 digits";
  }

  @JsonValue
  public String value() {
    return value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PhoneNumberId id && id.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
