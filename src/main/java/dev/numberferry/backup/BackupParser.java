package dev.numberferry.backup;

import dev.numberferry.domain.BackupData;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.support.Texts;
import java.util.Optional;

/**
 * Reads a backup in every form in which operators keep one: the whole answer of the backup call,
 * {@code {"data": "…"}}, the string alone, or the string in JSON quotes; with or without a byte
 * order mark (Windows PowerShell writes UTF-16) and line breaks around it. {@link FileType} and
 * {@link MistakenFile} know what is kept in its place.
 */
final class BackupParser {

  private BackupParser() {}

  static BackupData read(byte[] file) {
    FileType.refuse(file);
    return read(Texts.decode(file));
  }

  static BackupData read(String text) {
    String content = Texts.trimmed(text);
    boolean object = content.startsWith("{");
    if (!object && !content.startsWith("[") && !content.startsWith("\"")) {
      return string(content);
    }
    Optional<BackupAnswer> answer = BackupAnswer.read(content);
    if (answer.isPresent()) {
      return inside(answer.get());
    }
    if (!object) {
      return string(content);
    }
    MistakenFile.STATUS_CODE.refuse(content);
    MistakenFile.OTHER_QUOTES.refuse(content);
    MistakenFile.PLACEHOLDER.refuse(content);
    throw unknown("is JSON that cannot be read, perhaps cut off");
  }

  private static BackupData string(String data) {
    MistakenFile.refuseAll(data);
    return new BackupData(data);
  }

  private static BackupData inside(BackupAnswer answer) {
    return string(
        answer
            .data()
            .orElseThrow(
                () ->
                    answer.isError()
                        ? unknown("is the error answer of a backup call that failed")
                        : unknown("is JSON without settings.data")));
  }

  private static InvalidInputException unknown(String problem) {
    return new InvalidInputException(
        "backup", problem, "Take the backup again and store the answer of the call as it came.");
  }
}
