package dev.numberferry.support;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.numberferry.domain.InvalidInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why {@link StrictJson} takes no JSON from a text. */
public final class JsonFlaw {

  /** Jackson's message about a field that stands twice, which has no exception of its own. */
  private static final Pattern TWICE =
      Pattern.compile("Duplicate field '(.{0,100}).*'", Pattern.DOTALL);

  private JsonFlaw() {}

  /**
   * Names the field or the place, and quotes nothing else.
   *
   * @param where what the text is, in the operator's words
   */
  public static InvalidInputException of(String text, String where) {
    try {
      StrictJson.MAPPER.readTree(text);
      return new InvalidInputException(where, "is empty", StrictJson.CURE);
    } catch (StreamConstraintsException e) {
      return new InvalidInputException(
          where, "is nested too deep or has too long a number", StrictJson.CURE);
    } catch (JacksonException e) {
      Matcher twice = TWICE.matcher(e.getOriginalMessage());
      return twice.matches()
          ? new InvalidInputException(
              twice.group(1) + " in " + where, "stands twice", "Remove one of the two.")
          : new InvalidInputException(where, "is no JSON" + place(e), StrictJson.CURE);
    }
  }

  private static String place(JacksonException thrown) {
    JsonLocation at = thrown.getLocation();
    return at == null
        ? ""
        : " from line %d, column %d on".formatted(at.getLineNr(), at.getColumnNr());
  }
}
