package dev.numberferry.backup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.support.StrictJson;
import java.util.Optional;

/** The answer of the backup call: {@code {"settings": {"data": "…"}}}, or what is inside of it. */
final class BackupAnswer {

  private BackupAnswer() {}

  static boolean isOne(String text) {
    return StrictJson.parse(text).flatMap(BackupAnswer::data).isPresent();
  }

  /** The string in an answer, or nothing where it is none. */
  static Optional<String> data(JsonNode answer) {
    JsonNode data = answer.at("/settings/data");
    return Optional.ofNullable((data.isMissingNode() ? answer.path("data") : data).textValue());
  }
}
