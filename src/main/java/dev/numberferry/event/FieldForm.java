package dev.numberferry.event;

import dev.numberferry.domain.InvalidInputException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The form of a text in an event.
 *
 * @param field the field that holds it
 * @param cure what to do about one of another form: one sentence
 */
public record FieldForm(String field, Pattern form, String cure) {

  /** What a person says in words. */
  public static final Pattern ONE_LINE = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,500}");

  public static FieldForm of(String field, String form, String cure) {
    return new FieldForm(field, Pattern.compile(form), cure);
  }

  /**
   * @throws InvalidInputException if the text is absent or of another form
   */
  public String check(@Nullable String text) {
    if (text == null || !form.matcher(text).matches()) {
      throw new InvalidInputException(
          field, text == null ? "is missing" : "has a form that is not accepted", cure);
    }
    return text;
  }

  /**
   * @throws InvalidInputException if there is a text of another form
   */
  public Optional<String> optional(@Nullable String text) {
    return Optional.ofNullable(text).map(this::check);
  }
}
