package dev.numberferry.support;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
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
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.numberferry.domain.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads what people wrote by hand. A number is not taken for a text (a PIN would lose its leading
 * zeros), a field that stands twice is refused, and errors name the field: Jackson's own messages
 * quote the input, which may hold a secret.
 *
 * <p>What is small as a text may be large as a tree: each of the shortest objects takes thirty
 * times its length. So no tree has more than {@link #MOST_TOKENS}.
 */
public final class StrictJson {

  /** As many as in a batch of a thousand messages; as a tree they take some megabytes. */
  public static final int MOST_TOKENS = 100_000;

  private static final int DEEPEST = 100;
  private static final int LONGEST_NUMBER = 1_000;
  private static final int LONGEST_NAME = 50_000;

  private static final StreamReadConstraints BOUNDS =
      StreamReadConstraints.builder()
          .maxNestingDepth(DEEPEST)
          .maxNumberLength(LONGEST_NUMBER)
          .maxNameLength(LONGEST_NAME)
          .build();

  private static final JsonMapper MAPPER =
      JsonMapper.builder(bounded(BOUNDS.rebuild().maxTokenCount(MOST_TOKENS).build()))
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

  private static final JsonMapper LOOSE =
      JsonMapper.builder(bounded(BOUNDS.rebuild().maxTokenCount(MOST_TOKENS).build())).build();

  /** Takes no field twice within a value, whatever stands around that. */
  private static final ObjectReader VALUES =
      LOOSE.reader(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  /** Of what becomes no tree only the way down to the token at hand is kept. */
  private static final JsonFactory TOKENS =
      bounded(BOUNDS.rebuild().maxNestingDepth(100 * DEEPEST).build());

  /** What Jackson names in its message about a bound, which has no exception of its own. */
  private static final Map<String, String> BOUND_IN_WORDS =
      Map.of(
          "getMaxTokenCount", "has more than " + MOST_TOKENS + " names, values and brackets",
          "getMaxNestingDepth", "is nested more than " + DEEPEST + " levels deep",
          "getMaxNumberLength", "has a number of more than " + LONGEST_NUMBER + " digits",
          "getMaxNameLength", "has a name of more than " + LONGEST_NAME + " characters");

  /** What to do about JSON of a wrong form. */
  private static final String CURE = "Give it in the documented form.";

  /**
   * Jackson's messages about a field that stands twice, which has no exception of its own: its
   * parser's, and that of who makes a tree.
   */
  private static final Pattern TWICE =
      Pattern.compile("Duplicate field '(.{0,100}).*'(?: for `ObjectNode`.*)?", Pattern.DOTALL);

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
   * As {@link #parse}, but takes fields that stand twice, and of what is too large for a tree one
   * field: only to tell what an unusable text is about.
   *
   * @param field at the top of an object
   */
  public static Optional<JsonNode> parseLoosely(String text, String field) {
    try {
      return Optional.of(LOOSE.readTree(text)).filter(json -> !json.isMissingNode());
    } catch (StreamConstraintsException e) {
      return Optional.of(only(text, field));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /**
   * An object with one of the texts at the top of another one, which is read as far as it can be,
   * and becomes no tree; without it where it stands there twice.
   */
  public static ObjectNode only(String text, String field) {
    List<Optional<String>> found = new ArrayList<>();
    try (JsonParser json = tokens(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = field.equals(json.currentName());
        json.nextToken();
        if (wanted) {
          found.add(
              json.hasToken(JsonToken.VALUE_STRING)
                  ? Optional.of(json.getText())
                  : Optional.empty());
        }
        json.skipChildren();
      }
    } catch (IOException e) {
      // What was found before stays.
    }
    ObjectNode only = MAPPER.createObjectNode();
    return found.size() == 1 ? found.get(0).map(it -> only.put(field, it)).orElse(only) : only;
  }

  /** The tokens of a text, trimmed as by {@link #parse}: no tree is made, and fields may repeat. */
  public static JsonParser tokens(String text) throws IOException {
    return TOKENS.createParser(Texts.trimmed(text));
  }

  /**
   * The value at which a parser stands, as a tree in which no field stands twice.
   *
   * @throws JacksonException what is wrong with it, for {@link #flaw(JacksonException, String,
   *     Set)}
   */
  public static JsonNode value(JsonParser json) throws IOException {
    return VALUES.readTree(json);
  }

  /** Names come from outside: none of them is kept beyond the text that it is in. */
  private static JsonFactory bounded(StreamReadConstraints bounds) {
    return JsonFactory.builder()
        .streamReadConstraints(bounds)
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .build();
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
    } catch (IOException e) {
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
    } catch (JacksonException e) {
      return flaw(e, where, name -> twice(name, where));
    }
  }

  /**
   * The same where a value may stand in the place of a field's name.
   *
   * @param known only these names are quoted
   */
  public static InvalidInputException flaw(String text, String where, Set<String> known) {
    try {
      MAPPER.readTree(Texts.trimmed(text));
      return new InvalidInputException(where, "is empty", CURE);
    } catch (JacksonException e) {
      return flaw(e, where, known);
    }
  }

  /** The same in Jackson's words, which are not shown. */
  public static InvalidInputException flaw(JacksonException e, String where, Set<String> known) {
    return flaw(e, where, name -> twice(name, where, known));
  }

  private static InvalidInputException flaw(
      JacksonException e, String where, Function<String, InvalidInputException> twice) {
    if (e instanceof StreamConstraintsException tooLarge) {
      return new InvalidInputException(where, bound(tooLarge), CURE);
    }
    Matcher field = TWICE.matcher(e.getOriginalMessage());
    return field.matches()
        ? twice.apply(field.group(1))
        : new InvalidInputException(where, "is no JSON" + place(e), CURE);
  }

  /**
   * That an object has a field twice, of which nobody can tell the one that is meant.
   *
   * @param known only these names are quoted
   */
  public static InvalidInputException twice(String field, String where, Set<String> known) {
    return twice(known.contains(field) ? field : "a field", where);
  }

  private static InvalidInputException twice(String field, String where) {
    return new InvalidInputException(
        Texts.shown(field) + " in " + where, "stands twice", "Remove one of the two.");
  }

  private static String bound(StreamConstraintsException e) {
    return BOUND_IN_WORDS.entrySet().stream()
        .filter(it -> e.getOriginalMessage().contains(it.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("has too large a value");
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
