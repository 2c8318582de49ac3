package dev.numberferry.backup;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.numberferry.support.StrictJson;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The answer of the backup call, {@code {"settings": {"data": "…"}}}, or what is inside of it. It
 * is read as a stream of tokens: a file may have megabytes of other JSON, which would take many
 * times their size as a tree.
 */
final class BackupAnswer {

  private static final String SETTINGS = "settings";
  private static final String DATA = "data";
  private static final Set<String> OF_THE_ROOT = Set.of(SETTINGS, DATA, "error", "errors");
  private static final Set<String> OF_SETTINGS = Set.of(DATA);

  private final JsonParser json;

  /** What is known of the fields that matter: their texts, or nothing where they have none. */
  private final Map<String, Optional<String>> fields = new HashMap<>();

  private final Map<String, Optional<String>> inSettings = new HashMap<>();

  private BackupAnswer(JsonParser json) {
    this.json = json;
  }

  /**
   * What is in a text; nothing where the text is no JSON, or a field that matters stands twice in
   * it.
   */
  static Optional<BackupAnswer> read(String text) {
    try (JsonParser json = StrictJson.tokens(text)) {
      BackupAnswer answer = new BackupAnswer(json);
      return json.nextToken() == null || !answer.endsWithItsRoot()
          ? Optional.empty()
          : Optional.of(answer);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static boolean isOne(String text) {
    return read(text).flatMap(BackupAnswer::data).isPresent();
  }

  /** The string in it, or nothing where there is none. */
  Optional<String> data() {
    return inSettings.getOrDefault(DATA, fields.getOrDefault(DATA, Optional.empty()));
  }

  /** Whether it says that the call failed. */
  boolean isError() {
    return fields.containsKey("error") || fields.containsKey("errors");
  }

  /** Reads the value at hand; whether nothing comes behind it. */
  private boolean endsWithItsRoot() throws IOException {
    if (json.hasToken(JsonToken.START_OBJECT)) {
      readFields(fields, OF_THE_ROOT);
    } else {
      fields.put(DATA, text());
      json.skipChildren();
    }
    return json.nextToken() == null;
  }

  private void readFields(Map<String, Optional<String>> found, Set<String> wanted)
      throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (wanted.contains(name)) {
        if (found.containsKey(name)) {
          throw new JsonParseException(json, "a field stands twice");
        }
        found.put(name, text());
        if (name.equals(SETTINGS) && json.hasToken(JsonToken.START_OBJECT)) {
          readFields(inSettings, OF_SETTINGS);
        }
      }
      json.skipChildren();
    }
  }

  private Optional<String> text() throws IOException {
    return Optional.ofNullable(json.hasToken(JsonToken.VALUE_STRING) ? json.getText() : null);
  }
}
