package dev.numberferry.domain;

import java.util.regex.Pattern;

/**
 * What the On-Premises backup call returned as {@code settings.data}, unmodified. It is a
 * credential. Its alphabet and size are undocumented.
 */
public record BackupData(String value) implements Secret {

  private static final Pattern FORM = Pattern.compile("(?![<{])[\\x21-\\x7e]{16,}");
  private static final Pattern WHITE_SPACE = Pattern.compile("\\s");

  /**
   * @throws InvalidInputException if this cannot be what the backup call returned
   */
  public BackupData {
    if (value.isEmpty()) {
      throw invalid("is empty");
    }
    if (WHITE_SPACE.matcher(value).find()) {
      throw invalid("has line breaks or spaces inside");
    }
    if (!FORM.matcher(value).matches()) {
      throw invalid("is not the string that the backup call returned");
    }
  }

  private static InvalidInputException invalid(String problem) {
    return new InvalidInputException(
        "backup",
        problem,
        "Store the answer of the backup call as it came, or its settings.data as one line.");
  }

  @Override
  public String toString() {
    return MASK;
  }
}
