package dev.numberferry.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** docs/openapi.yaml. */
public final class OpenApi {

  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private static final JsonNode JSON = read();

  private OpenApi() {}

  public static JsonNode json() {
    return JSON;
  }

  /** The methods of each path, in capitals. */
  public static Map<String, Set<String>> methods() {
    return JSON.path("paths").properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, it -> methods(it.getValue())));
  }

  /** The path of a request, as it stands here; nothing where there is none. */
  public static Optional<String> path(String path) {
    return methods().keySet().stream()
        .filter(it -> path.matches(it.replaceAll("\\{\\w+}", "[^/]*")))
        .findFirst();
  }

  /** The statuses that a request can have. */
  public static Set<String> statuses(String path, String method) {
    return names(responses(path, method));
  }

  /**
   * Names in the {@code $defs} of result.schema.json of what the body of an answer can be, by their
   * media types.
   */
  public static Map<String, String> bodies(String path, String method, String status) {
    return resolved(responses(path, method).path(status)).path("content").properties().stream()
        .filter(it -> it.getValue().at("/schema/$ref").asText().startsWith("result."))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                it -> it.getValue().at("/schema/$ref").asText().replaceFirst(".*/", "")));
  }

  private static JsonNode responses(String path, String method) {
    return JSON.path("paths").path(path).path(method.toLowerCase(Locale.ROOT)).path("responses");
  }

  private static JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? JSON.at(node.path("$ref").asText().substring(1)) : node;
  }

  private static Set<String> methods(JsonNode path) {
    return names(path).stream()
        .filter(METHODS::contains)
        .map(it -> it.toUpperCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
  }

  private static JsonNode read() {
    try {
      return new YAMLMapper().readTree(Path.of("docs", "openapi.yaml").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
