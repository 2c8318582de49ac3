package dev.numberferry.support;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.numberferry.domain.InvalidInputException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads what people wrote by hand. A number is not taken for a text (a PIN would lose its leading
 * zeros), a field that stands twice is refused, and errors name the field: Jackson's own messages
 * quote the input, which may hold a secret.
 */
public final class StrictJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .withCoercionConfig(
              LogicalType.Textual,
              text -> {
                for (CoercionInputShape scalar :
                    List.of(
                        CoercionInputShape.Integer,
                        CoercionInputShape.Float,
                        CoercionInputShape.Boolean)) {
                  text.setCoercion(scalar, CoercionAction.Fail);
                }
              })
          .build();

  private static final JsonMapper LOOSE = new JsonMapper();

  /** What to do about JSON of a wrong form. */
  private static final String CURE = "Give it in the README's form.";

  /** Jackson's message about a field that stands twice, which has no exception of its own. */
  private static final Pattern TWICE =
      Pattern.compile("Duplicate field '(.{0,100}).*'", Pattern.DOTALL);

  private StrictJson() {}

  /**
   * The JSON in a text, or nothing where the text is no JSON. A byte order mark before it, and
   * whatever else nobody sees around it, is passed over.
   */
  public static Optional<JsonNode> parse(String text) {
    try {
      return Optional.of(MAPPER.readTree(Texts.trimmed(text)));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /**
   * As {@link #parse}, but takes fields that stand twice: only to tell what an unusable text is
   * about.
   */
  public static Optional<JsonNode> parseLoosely(String text) {
    try {
      return Optional.of(LOOSE.readTree(text)).filter(json -> !json.isMissingNode());
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /**
   * Binds a JSON object in which every field is known.
   *
   * @param where what the object is, in the operator's words
   * @throws InvalidInputException naming the field that is unknown or of a wrong type
   */
  public static <T> T bind(JsonNode json, Class<T> type, String where) {
    return bind(json, MAPPER.readerFor(type), where);
  }

  /** As {@link #bind}, but passes over fields that it does not know. */
  public static <T> T bindKnown(JsonNode json, Class<T> type, String where) {
    return bind(
        json,
        MAPPER.readerFor(type).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES),
        where);
  }

  private static <T> T bind(JsonNode json, ObjectReader reader, String where) {
    if (!json.isObject()) {
      throw new InvalidInputException(where, "is not a JSON object", CURE);
    }
    try {
      return reader.readValue(json);
    } catch (UnrecognizedPropertyException e) {
      throw new InvalidInputException(
          path(e) + " in " + where,
          "is not a known field",
          "Remove it or correct its name; known here: " + names(e.getKnownPropertyIds()) + ".");
    } catch (JsonMappingException e) {
      throw new InvalidInputException(path(e) + " in " + where, "is of a wrong type", CURE);
    } catch (java.io.IOException e) {
      throw new InvalidInputException(where, "cannot be read", CURE);
    }
  }

  /**
   * Why there is no JSON in a text. It names the field or the place, and quotes nothing else.
   *
   * @param where what the text is, in the operator's words
   */
  public static InvalidInputException flaw(String text, String where) {
    try {
      MAPPER.readTree(text);
      return new InvalidInputException(where, "is empty", CURE);
    } catch (StreamConstraintsException e) {
      return new InvalidInputException(where, "is nested too deep or has too long a number", CURE);
    } catch (JacksonException e) {
      Matcher twice = TWICE.matcher(e.getOriginalMessage());
      return twice.matches()
          ? new InvalidInputException(
              twice.group(1) + " in " + where, "stands twice", "Remove one of the two.")
          : new InvalidInputException(where, "is no JSON" + place(e), CURE);
    }
  }

  private static String place(JacksonException thrown) {
    JsonLocation at = thrown.getLocation();
    return at == null
        ? ""
        : " from line %d, column %d on".formatted(at.getLineNr(), at.getColumnNr());
  }

  /** Names of fields come from outside: what is not plain in them must not get into a message. */
  private static String path(JsonMappingException e) {
    return Texts.shown(
        e.getPath().stream()
            .map(reference -> String.valueOf(reference.getFieldName()))
            .collect(Collectors.joining(".")));
  }

  private static String names(Collection<Object> ids) {
    return ids.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
  }
}
