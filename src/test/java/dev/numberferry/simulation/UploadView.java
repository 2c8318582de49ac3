package dev.numberferry.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * An upload as the table has it.
 *
 * @param time as a text, all of one form
 */
record UploadView(String key, String time, String sequencer) {

  /** Of an attempt, or of the newest upload that is kept. */
  static Optional<UploadView> of(JsonNode json) {
    JsonNode object = json.has("object") ? json.path("object") : json.path("backup");
    String time = json.path("eventTime").asText(json.path("time").asText());
    return time.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new UploadView(object.path("key").asText(), time, json.path("sequencer").asText()));
  }

  /** S3's order is one of the uploads of a key. */
  boolean isNewerThan(UploadView other) {
    return key.equals(other.key)
        ? sequencer.compareTo(other.sequencer) > 0
        : time.compareTo(other.time) > 0;
  }
}
