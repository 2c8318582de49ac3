package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * One thing that an operator has to know before a migration.
 *
 * @param severity whether it stands in the way
 * @param field where it is, as in {@code backup.key} or {@code pin in secret whatsapp/1}
 * @param problem what is wrong, as the rest of a sentence that begins with the field
 * @param cure what to do, as a sentence of its own
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(Severity severity, String field, String problem, String cure) {

  /** Whether a finding stands in the way. */
  public enum Severity {
    /** The migration cannot be made like this. */
    ERROR,
    /** It can be made, and somebody should look at this before. */
    WARNING;

    @JsonValue
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static Finding error(String field, String problem, String cure) {
    return new Finding(Severity.ERROR, field, problem, cure);
  }

  public static Finding warning(String field, String problem, String cure) {
    return new Finding(Severity.WARNING, field, problem, cure);
  }

  @JsonIgnore
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** The whole of it as a part of a sentence. */
  String asClause() {
    return field + " " + problem + ": " + Sentence.part(cure);
  }
}
