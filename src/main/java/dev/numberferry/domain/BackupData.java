package dev.numberferry.domain;

import java.util.regex.Pattern;

/**
 * What the On-Premises backup call returned as {@code settings.data}, unmodified. It is a
 * credential. Its alphabet and size are undocumented.
 */
public record BackupData(String value) implements Secret {

  private static final int SHORTEST = 16;

  /** What XML and JSON begin with. */
  private static final String OTHER_FORMS = "<{";

  private static final Pattern WHITE_SPACE = Pattern.compile("\\s");

  /**
   * @throws InvalidInputException if this cannot be what the backup call returned
   */
  public BackupData {
    if (value.length() < SHORTEST
        || OTHER_FORMS.indexOf(value.charAt(0)) >= 0
        || !value.chars().allMatch(BackupData::isVisibleAscii)) {
      throw invalid(problem(value));
    }
  }

  private static boolean isVisibleAscii(int character) {
    return character > ' ' && character <= '~';
  }

  private static String problem(String value) {
    if (value.isEmpty()) {
      return "is empty";
    }
    return WHITE_SPACE.matcher(value).find()
        ? "has line breaks or spaces inside"
        : "is not the string that the backup call returned";
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
