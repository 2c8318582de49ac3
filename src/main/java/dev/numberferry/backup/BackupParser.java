package dev.numberferry.backup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.BackupData;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.support.StrictJson;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads a backup in every form in which operators keep one: the whole answer of the backup call,
 * {@code {"data": "…"}}, the string alone, or the string in JSON quotes; with or without a byte
 * order mark (Windows PowerShell writes UTF-16) and line breaks around it.
 */
final class BackupParser {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private BackupParser() {}

  static BackupData read(byte[] file) {
    return read(new String(file, charset(file)));
  }

  static BackupData read(String text) {
    String content = (text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text).strip();
    boolean object = content.startsWith("{");
    boolean container = object || content.startsWith("[");
    if (!container && !content.startsWith("\"")) {
      return new BackupData(content);
    }
    Optional<JsonNode> json = StrictJson.parse(content);
    if (json.isEmpty()) {
      if (object) {
        throw unknown("is JSON that cannot be read, perhaps cut off");
      }
      return new BackupData(content);
    }
    return json.get().isTextual() ? new BackupData(json.get().textValue()) : inside(json.get());
  }

  private static BackupData inside(JsonNode json) {
    JsonNode data = json.at("/settings/data");
    if (data.isMissingNode()) {
      data = json.path("data");
    }
    if (data.isTextual()) {
      return new BackupData(data.textValue());
    }
    throw json.has("errors")
        ? unknown("is the error answer of a backup call that failed")
        : unknown("is JSON without settings.data");
  }

  private static Charset charset(byte[] file) {
    if (file.length >= 2 && file[0] == (byte) 0xFF && file[1] == (byte) 0xFE) {
      return StandardCharsets.UTF_16LE;
    }
    if (file.length >= 2 && file[0] == (byte) 0xFE && file[1] == (byte) 0xFF) {
      return StandardCharsets.UTF_16BE;
    }
    return StandardCharsets.UTF_8;
  }

  private static InvalidInputException unknown(String problem) {
    return new InvalidInputException(
        "backup", problem, "Take the backup again and store the answer of the call as it came.");
  }
}
