package dev.numberferry.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.StreamSupport;

/** JSON whose longest texts are cut, and marked as cut, until all of it fits. */
final class CutTexts {

  private static final String MARK = "\u2026 (cut)";

  /** What machines read is shorter: ids, times, words for a state. */
  private static final int SHORTEST = 40;

  /** Fields of the root that are to be sent again as they are, and have bounds of their own. */
  private static final Set<String> WHOLE = Set.of("backup", "retry");

  private CutTexts() {}

  /**
   * The same, or a copy in which no text is longer than the longest that lets all of it fit.
   *
   * @param most so many bytes of UTF-8
   */
  static ObjectNode within(ObjectNode json, int most) {
    if (fits(json, most)) {
      return json;
    }
    int fitting = SHORTEST;
    int tooLong = longest(json);
    while (tooLong - fitting > 1) {
      int middle = (fitting + tooLong) / 2;
      if (fits(cut(json, middle), most)) {
        fitting = middle;
      } else {
        tooLong = middle;
      }
    }
    return cut(json, fitting);
  }

  private static boolean fits(JsonNode json, int most) {
    return Texts.whole(json.toString()).getBytes(StandardCharsets.UTF_8).length <= most;
  }

  private static int longest(JsonNode json) {
    return json.isTextual()
        ? json.textValue().length()
        : StreamSupport.stream(json.spliterator(), false)
            .mapToInt(CutTexts::longest)
            .max()
            .orElse(0);
  }

  private static ObjectNode cut(ObjectNode root, int length) {
    ObjectNode cut = JsonNodeFactory.instance.objectNode();
    root.properties()
        .forEach(
            it ->
                cut.set(
                    it.getKey(),
                    WHOLE.contains(it.getKey()) ? it.getValue() : cut(it.getValue(), length)));
    return cut;
  }

  private static JsonNode cut(JsonNode json, int length) {
    if (json.isTextual()) {
      String text = json.textValue();
      String start = Texts.first(text, length);
      return start.equals(text) ? json : TextNode.valueOf(start + MARK);
    }
    if (json.isArray()) {
      ArrayNode cut = JsonNodeFactory.instance.arrayNode();
      json.forEach(it -> cut.add(cut(it, length)));
      return cut;
    }
    if (json.isObject()) {
      ObjectNode cut = JsonNodeFactory.instance.objectNode();
      json.properties().forEach(it -> cut.set(it.getKey(), cut(it.getValue(), length)));
      return cut;
    }
    return json;
  }
}
