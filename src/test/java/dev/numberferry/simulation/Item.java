package dev.numberferry.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An item of a table: a value that is compared often, and never changes. */
final class Item {

  static final String BRAKE = "#brake";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, AttributeValue> attributes;
  private final int hash;
  private final Lazy<JsonNode> content;

  Item(Map<String, AttributeValue> attributes) {
    this.attributes = Map.copyOf(attributes);
    this.hash = attributes.hashCode();
    this.content = new Lazy<>(() -> content(attributes));
  }

  Map<String, AttributeValue> attributes() {
    return attributes;
  }

  String key() {
    return attributes.get("phoneNumberId").s();
  }

  boolean isBrake() {
    return key().equals(BRAKE);
  }

  boolean isDue() {
    return attributes.containsKey("dueAt");
  }

  /** What is kept as JSON: an entry, or the brake. */
  JsonNode content() {
    return content.get();
  }

  /** The attempts of an entry, oldest first. */
  List<AttemptView> attempts() {
    List<AttemptView> attempts = new ArrayList<>();
    content().path("attempts").forEach(it -> attempts.add(new AttemptView(it)));
    return attempts;
  }

  /** The engagements of the brake. */
  List<JsonNode> engagements() {
    List<JsonNode> engagements = new ArrayList<>();
    if (content().has("engaged")) {
      engagements.add(content().path("engaged"));
    }
    content().path("alsoEngaged").forEach(engagements::add);
    return engagements;
  }

  /** What stands in it, for a history in words. */
  String words() {
    return isBrake()
        ? "brake: %s harms, engaged %s"
            .formatted(
                content().path("harms").size(),
                engagements().stream()
                    .map(
                        it ->
                            it.path("brakeId").asText()
                                + (it.path("published").asBoolean() ? " heard" : ""))
                    .toList())
        : key() + ": " + attempts();
  }

  private static JsonNode content(Map<String, AttributeValue> attributes) {
    AttributeValue text = attributes.getOrDefault("entry", attributes.get("brake"));
    try {
      return text == null ? JSON.nullNode() : JSON.readTree(text.s());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Item item && item.hash == hash && item.attributes.equals(attributes));
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
