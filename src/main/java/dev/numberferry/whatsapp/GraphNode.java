package dev.numberferry.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A JSON object that WhatsApp told; texts leave it masked and cut. */
record GraphNode(JsonNode json, SecretMasker masking) {

  /**
   * A text, or a whole number as one: ids come as either.
   *
   * @param pointer a JSON pointer
   * @return nothing where there is none, or an empty one
   */
  Optional<String> text(String pointer) {
    return text(json.at(pointer));
  }

  /** A code, be it a number or the text of one, where there is one. */
  Optional<Integer> code(String pointer) {
    return Optional.of(json.at(pointer).asLong(-1))
        .filter(code -> code >= 0 && code <= Integer.MAX_VALUE)
        .map(Long::intValue);
  }

  /** The objects of a list. */
  List<GraphNode> objects(String pointer) {
    return list(pointer).filter(JsonNode::isObject).map(it -> new GraphNode(it, masking)).toList();
  }

  /** The texts of a list, at most so many. */
  List<String> texts(String pointer, int most) {
    return list(pointer).flatMap(it -> text(it).stream()).limit(most).toList();
  }

  boolean has(String field) {
    return json.has(field);
  }

  private Optional<String> text(JsonNode node) {
    String text = node.isTextual() || node.isIntegralNumber() ? node.asText().strip() : "";
    return text.isEmpty() ? Optional.empty() : Optional.of(masking.mask(text));
  }

  private Stream<JsonNode> list(String pointer) {
    return StreamSupport.stream(json.at(pointer).spliterator(), false);
  }

  /** Without the JSON, whose texts may echo what was sent. */
  @Override
  public String toString() {
    return "GraphNode";
  }
}
