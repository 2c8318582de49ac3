package dev.numberferry.whatsapp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** What can be read of a JSON object whose end is missing: objects and values, and no lists. */
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
        case VALUE_NUMBER_INT -> object.put(name, parser.getLongValue());
        case VALUE_STRING -> object.put(name, parser.getText());
        case VALUE_TRUE, VALUE_FALSE -> object.put(name, parser.getBooleanValue());
        default -> parser.skipChildren();
      }
    }
  }
}
