package dev.numberferry.simulation;

import com.fasterxml.jackson.databind.JsonNode;

/** An attempt as the table has it: the invariants read what was written, and no class of ours. */
record AttemptView(JsonNode json) {

  String id() {
    return json.path("migrationId").asText();
  }

  boolean isOpen() {
    return !json.has("result");
  }

  boolean isPublished() {
    return json.path("published").asBoolean();
  }

  /** Whether it says why the topic is not to hear of it. */
  boolean isSilent() {
    return json.has("silent");
  }

  /** {@code OPEN} as long as there is none. */
  String status() {
    return json.at("/result/status").asText("OPEN");
  }

  boolean isRepeated() {
    return json.path("silent").asText().equals("REPEATED");
  }

  JsonNode result() {
    return json.path("result");
  }

  /** The version of the secret that the PIN is in. */
  String sentPinVersion() {
    return json.at("/key/pinVersion").asText(json.at("/key/secretVersion").asText());
  }

  boolean mayHaveCalled() {
    return !status().equals("NOT_SENT") && !status().equals("INVALID");
  }

  String reference() {
    return id() + "/" + (isOpen() ? "IN_PROGRESS" : status());
  }

  /** Whether two attempts are one by what was asked for, and with which secret. */
  boolean isSameAs(AttemptView other) {
    JsonNode mine = json.path("key");
    JsonNode theirs = other.json.path("key");
    if (mine.has("retry") || theirs.has("retry")) {
      return mine.at("/retry/after").equals(theirs.at("/retry/after"))
          && mine.at("/retry/reason").equals(theirs.at("/retry/reason"));
    }
    return mine.path("backupRead").equals(theirs.path("backupRead"))
        && mine.path("secretId").equals(theirs.path("secretId"))
        && (mine.path("secretVersion").equals(theirs.path("secretVersion"))
            || mine.path("pinVersion").equals(theirs.path("secretVersion")));
  }

  @Override
  public String toString() {
    return id() + " " + status() + (isPublished() ? " heard" : "");
  }
}
