package dev.numberferry.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds every message and answer of the tests against docs/result.schema.json, and every answer of
 * the API against docs/openapi.yaml. What breaks them is kept until a test ends, and fails that:
 * thrown where it is seen, it would be a failure of the topic's.
 */
public final class Contract {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> WITH_A_RESULT = Set.of("NotSent", "NotPublished", "NotRecorded");

  /** What an answer is, by a field that only that has at its top. */
  private static final Map<String, String> PARTS =
      Map.of(
          "migrationId", "result",
          "batchItemFailures", "queueAnswer",
          "attempts", "history",
          "harms", "brakeAnswer",
          "go", "fleetAnswer",
          "numbers", "sweepAnswer",
          "location", "queued");

  private static final List<String> BROKEN = new ArrayList<>();

  private Contract() {}

  /** A message of the topic. */
  public static void message(String text, Map<String, String> attributes) {
    JsonNode message = parsed(text);
    hold(message.path("status").asText().equals("BRAKED") ? "braked" : "result", message);
    hold("messageAttributes", JSON.valueToTree(attributes));
  }

  /** What a function answers, whichever it is. */
  public static void answer(JsonNode answer) {
    if (answer.has("statusCode")) {
      JsonNode body = parsed(answer.path("body").asText());
      hold(part(body), body);
    } else {
      hold(part(answer), answer);
    }
  }

  /** The same of the function api, to this request. */
  public static void response(String method, String path, JsonNode answer) {
    answer(answer);
    String status = answer.path("statusCode").asText();
    String body = part(parsed(answer.path("body").asText()));
    String type = answer.at("/headers/content-type").asText();
    Optional<String> known = OpenApi.path(path);
    Set<String> methods = known.map(OpenApi.methods()::get).orElse(Set.of());
    boolean said =
        methods.contains(method)
            ? body.equals(OpenApi.bodies(known.orElseThrow(), method, status).get(type))
            : body.equals("problem")
                && status.equals(known.isPresent() ? "405" : "404")
                && methods.equals(allowed(answer));
    if (!said) {
      broken(
          "docs/openapi.yaml: %s %s has no status %s with a body of type %s, a %s"
              .formatted(method, known.orElse("of no path"), status, type, body));
    }
  }

  /** An invocation that failed. */
  public static void failure(String errorType, String errorMessage) {
    failure(
        JsonNodeFactory.instance
            .objectNode()
            .put("errorType", errorType)
            .put("errorMessage", errorMessage));
  }

  /** The same as Lambda gets it; one of sweep's has the name of a class, and no word of ours. */
  public static void failure(JsonNode failure) {
    String type = failure.path("errorType").asText();
    if (!type.startsWith("dev.numberferry.")) {
      hold("failure", failure);
    }
    if (WITH_A_RESULT.contains(type)) {
      hold("result", parsed(failure.path("errorMessage").asText()));
    }
  }

  /** Fails where anything was broken since this was called last. */
  public static void check() {
    List<String> broken;
    synchronized (BROKEN) {
      broken = List.copyOf(BROKEN);
      BROKEN.clear();
    }
    if (!broken.isEmpty()) {
      throw new AssertionError(
          "What was published or answered is not as docs has it:\n" + String.join("\n", broken));
    }
  }

  private static void hold(String part, JsonNode json) {
    SchemaFile.CLOSED_RESULT.problems("/$defs/" + part, json).forEach(Contract::broken);
  }

  private static void broken(String how) {
    synchronized (BROKEN) {
      if (!BROKEN.contains(how)) {
        BROKEN.add(how);
      }
    }
  }

  private static String part(JsonNode answer) {
    if (answer.isArray()) {
      return "uploadAnswer";
    }
    if (answer.path("status").isInt()) {
      return "problem";
    }
    return PARTS.entrySet().stream()
        .filter(it -> answer.has(it.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("migrateAnswer");
  }

  private static Set<String> allowed(JsonNode answer) {
    JsonNode allow = answer.at("/headers/allow");
    return allow.isMissingNode() ? Set.of() : Set.of(allow.asText().split(", "));
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      broken("What has to be JSON is none");
      return JSON.createObjectNode();
    }
  }
}
