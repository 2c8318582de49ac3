package dev.numberferry.whatsapp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * What can be read of a JSON object whose end is missing: objects, values, and of a list its first
 * element, as the first of several errors counts.
 */
final class CutJson {

  private static final JsonFactory FACTORY = new JsonFactory();

  private CutJson() {}

  /** The fields that are there as a whole; none where the text is something else. */
  static JsonNode read(String text) {
    ObjectNode found = JsonNodeFactory.instance.objectNode();
    try (JsonParser parser = FACTORY.createParser(upToAnEnd(text))) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        fill(found, parser);
      }
    } catch (IOException e) {
      // Here it was cut.
    }
    return found;
  }

  /** Up to where a value ends for certain: half of a number is another number. */
  private static String upToAnEnd(String text) {
    return text.substring(0, Math.max(text.lastIndexOf(','), text.lastIndexOf('}')) + 1);
  }

  private static void fill(ObjectNode object, JsonParser parser) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      switch (parser.nextToken()) {
        case START_OBJECT -> fill(object.putObject(name), parser);
        case START_ARRAY -> fill(object.putArray(name), parser);
        case VALUE_NUMBER_INT -> object.put(name, parser.getLongValue());
        case VALUE_STRING -> object.put(name, parser.getText());
        case VALUE_TRUE, VALUE_FALSE -> object.put(name, parser.getBooleanValue());
        default -> parser.skipChildren();
      }
    }
  }

  private static void fill(ArrayNode list, JsonParser parser) throws IOException {
    switch (parser.nextToken()) {
      case END_ARRAY -> {
        return;
      }
      case START_OBJECT -> fill(list.addObject(), parser);
      case START_ARRAY -> fill(list.addArray(), parser);
      case VALUE_NUMBER_INT -> list.add(parser.getLongValue());
      case VALUE_STRING -> list.add(parser.getText());
      default -> {}
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      parser.skipChildren();
    }
  }
}
