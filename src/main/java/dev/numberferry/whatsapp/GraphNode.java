package dev.numberferry.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A JSON object that WhatsApp told; texts leave it masked and cut. */
record GraphNode(JsonNode json, SecretMasker masking) {

  /**
   * A text, or a whole number as one: ids come as either.
   *
   * @param pointer a JSON pointer
   * @return null where there is none, or an empty one
   */
  @Nullable String text(String pointer) {
    return text(json.at(pointer));
  }

  /** A code, be it a number or the text of one, or null where there is none. */
  @Nullable Integer code(String pointer) {
    long code = json.at(pointer).asLong(-1);
    return code < 0 || code > Integer.MAX_VALUE ? null : Integer.valueOf((int) code);
  }

  /** The objects of a list. */
  List<GraphNode> objects(String pointer) {
    return list(pointer, it -> it.isObject() ? new GraphNode(it, masking) : null).toList();
  }

  /** The texts of a list, at most so many. */
  List<String> texts(String pointer, int most) {
    return list(pointer, this::text).limit(most).toList();
  }

  boolean has(String field) {
    return json.has(field);
  }

  private @Nullable String text(JsonNode node) {
    String text = node.isTextual() || node.isIntegralNumber() ? node.asText().strip() : "";
    return text.isEmpty() ? null : masking.mask(text);
  }

  private <T> Stream<T> list(String pointer, Function<JsonNode, T> reading) {
    return StreamSupport.stream(json.at(pointer).spliterator(), false)
        .map(reading)
        .filter(it -> it != null);
  }

  /** Without the JSON, whose texts may echo what was sent. */
  @Override
  public String toString() {
    return "GraphNode";
  }
}
