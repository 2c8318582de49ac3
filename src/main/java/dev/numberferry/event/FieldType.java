package dev.numberferry.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.support.Texts;
import java.util.List;
import java.util.Optional;

/**
 * The type of a field that people write. What stands there is meant: a field that is null, blank or
 * of another type is never taken for one that was left out.
 *
 * @param path the field's name, after those of the fields that it is in, with dots between them
 * @param cure what to do about another type: one sentence
 */
public record FieldType(String path, JsonNodeType type, String cure) {

  /** A text that has to be there. */
  static FieldType text(String path) {
    return text(path, "Give it as a text, in quotes.");
  }

  public static FieldType text(String path, String cure) {
    return new FieldType(path, JsonNodeType.STRING, cure);
  }

  /** A text that may be left out. */
  static FieldType optionalText(String path) {
    return text(path, "Leave it out, or give it as a text, in quotes.");
  }

  /**
   * Looks at every field before the object is bound: what is not there, and what is not known, is
   * not looked at.
   *
   * @param fields an object before the fields in it
   * @param where what the object is, in the operator's words
   * @throws InvalidInputException naming the first field that is null, blank or of another type
   */
  public static void check(JsonNode json, List<FieldType> fields, String where) {
    for (FieldType field : fields) {
      field
          .problem(json.at("/" + field.path.replace('.', '/')))
          .ifPresent(
              it -> {
                throw new InvalidInputException(field.path + " in " + where, it, field.cure);
              });
    }
  }

  private Optional<String> problem(JsonNode value) {
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (value.isNull()) {
      return Optional.of("is null");
    }
    if (value.isTextual() && Texts.isBlank(value.textValue())) {
      return Optional.of("is blank");
    }
    return value.getNodeType() == type ? Optional.empty() : Optional.of("is of a wrong type");
  }
}
