package dev.numberferry.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A schema of docs, which every part of it is compiled of once. */
public enum SchemaFile {
  /** What is taken: closed, as a mistyped field is refused. */
  EVENT("event.schema.json", false),
  /** What is answered: open, as readers have it. */
  RESULT("result.schema.json", false),
  /** The same without fields and words that it does not have: what a test must not see new. */
  CLOSED_RESULT("result.schema.json", true);

  /** What this version writes in fields in which a reader is to take more. */
  private static final String OWN_LIMITS =
      """
      {
        "reconciled": {"const": true},
        "replayed": {"const": true},
        "again": {"const": true},
        "entities": {"maxItems": 6},
        "errors": {"maxItems": 3},
        "additionalInfo": {"maxItems": 2}
      }
      """;

  /** Where it is taken to be. */
  private static final String FOLDER = "file:///docs/";

  private final String file;
  private final JsonNode json;
  private final SchemaRegistry registry;
  private final Map<String, Schema> parts = new ConcurrentHashMap<>();

  SchemaFile(String file, boolean closed) {
    this.file = file;
    this.json = read(file);
    if (closed) {
      close(json, parsed(OWN_LIMITS));
    }
    registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            it ->
                it.schemas(Map.of(FOLDER + file, json.toString()))
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  }

  /** The schema itself. */
  public JsonNode json() {
    return json;
  }

  /** The schema under a name in its {@code $defs}. */
  public JsonNode part(String name) {
    return json.path("$defs").path(name);
  }

  /**
   * What of a JSON is not as a part of the schema has it: where, and which rule. What stands there
   * is not told, as it may be a secret.
   *
   * @param pointer to that part of the schema, such as {@code /$defs/result}; empty for all of it
   */
  public List<String> problems(String pointer, JsonNode instance) {
    return parts.computeIfAbsent(pointer, this::compiled).validate(instance).stream()
        .map(it -> told(pointer, it))
        .distinct()
        .toList();
  }

  private Schema compiled(String pointer) {
    if (json.at(pointer).isMissingNode()) {
      throw new IllegalArgumentException(file + " has no " + pointer);
    }
    return registry.getSchema(SchemaLocation.of(FOLDER + file + "#" + pointer));
  }

  private String told(String pointer, Error problem) {
    String at = problem.getInstanceLocation().toString();
    String field = problem.getProperty() == null ? "" : " (" + problem.getProperty() + ")";
    return "docs/%s%s: %s breaks the rule %s%s"
        .formatted(
            file,
            pointer.isEmpty() ? "" : "#" + pointer,
            at.isEmpty() ? "the whole" : at,
            problem.getKeyword(),
            field);
  }

  /** What has a type is a whole object; what has none is a condition on one. */
  private static void close(JsonNode schema, JsonNode limits) {
    if (schema.path("type").asText().equals("object")) {
      ((ObjectNode) schema).put("unevaluatedProperties", false);
    }
    if (schema.path("anyOf").path(0).has("const")) {
      closeWords((ObjectNode) schema, (ArrayNode) schema.path("anyOf"));
    }
    schema.path("properties").properties().stream()
        .filter(it -> limits.has(it.getKey()))
        .forEach(it -> ((ObjectNode) it.getValue()).setAll((ObjectNode) limits.path(it.getKey())));
    schema.forEach(it -> close(it, limits));
  }

  /** Words that are known, and perhaps more of them elsewhere. */
  private static void closeWords(ObjectNode schema, ArrayNode words) {
    words.removeIf(it -> !it.has("const") && !it.has("$ref"));
    if (words.findValues("$ref").isEmpty()) {
      schema.remove("anyOf");
      words.forEach(it -> schema.withArray("enum").add(it.path("const")));
    }
  }

  private static JsonNode parsed(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(String file) {
    try {
      return new ObjectMapper().readTree(Path.of("docs", file).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
