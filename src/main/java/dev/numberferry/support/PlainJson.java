package dev.numberferry.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Writes what this program itself has made as JSON. */
public final class PlainJson {

  private PlainJson() {}

  /**
   * @param data records, lists, maps and texts: what can always be written
   */
  public static String write(ObjectMapper json, Object data) {
    try {
      return json.writeValueAsString(data);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          data.getClass().getSimpleName() + " is plain data and can be written", e);
    }
  }
}
