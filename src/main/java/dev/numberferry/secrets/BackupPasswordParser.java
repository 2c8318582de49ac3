package dev.numberferry.secrets;

import dev.numberferry.domain.BackupPassword;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.secrets.StoredSecret.PlacedFields;
import java.util.regex.Pattern;

/** Reads the backup's password in a number's secret: any text, and never changed. */
final class BackupPasswordParser {

  /** What is left of a character after a wrong encoding: half of it, or the mark of a loss. */
  private static final Pattern LOST_CHARACTER = Pattern.compile("[\\p{Cs}\\x{FFFD}]");

  private BackupPasswordParser() {}

  static BackupPassword read(PlacedFields secret) {
    String text = secret.fields().backupPassword();
    if (text == null || text.isEmpty()) {
      throw invalid(
          secret,
          text == null ? "is missing" : "is empty",
          "Store the password that was given to the backup call.");
    }
    if (LOST_CHARACTER.matcher(text).find()) {
      throw invalid(
          secret,
          "has a character in it that a wrong encoding has destroyed",
          "Store the password that was given to the backup call, from a file in UTF-8.");
    }
    return new BackupPassword(text);
  }

  private static InvalidInputException invalid(PlacedFields secret, String problem, String cure) {
    return new InvalidInputException(secret.named("backupPassword"), problem, cure);
  }
}
