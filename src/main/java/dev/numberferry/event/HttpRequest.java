package dev.numberferry.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.Secret;
import dev.numberferry.support.Texts;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A request as an API Gateway HTTP API hands it on (payload 2.0).
 *
 * @param path as the template's routes have it, without the stage and the mapping of a custom
 *     domain that stand before it
 * @param respondAsync whether the caller prefers not to wait (RFC 7240)
 * @param parameters names of its query parameters, but for those of a signature
 * @param requestedBy who signed the request, where the authorizer tells
 */
@RecordBuilder
public record HttpRequest(
    String method,
    String path,
    boolean respondAsync,
    List<String> parameters,
    String body,
    Optional<String> requestedBy) {

  public static final String MIGRATIONS = "/migrations";
  public static final String BRAKE = "/brake";

  /** Source: AWS's page on requests that are signed by their query parameters. */
  private static final String OF_A_SIGNATURE = "X-Amz-";

  public static HttpRequest of(JsonNode event) {
    return HttpRequestBuilder.builder()
        .method(event.at("/requestContext/http/method").asText())
        .path(route(event))
        .respondAsync(header(event, "prefer").matches("(?i)(.*[,;\\s])?respond-async([,;\\s].*)?"))
        .parameters(parameters(event))
        .body(body(event))
        .requestedBy(
            Requester.by(
                event,
                "/requestContext/authorizer/iam/userArn",
                "/requestContext/authorizer/jwt/claims/sub"))
        .build();
  }

  /** The body of a request, whatever hands it on. */
  static String body(JsonNode event) {
    String body = event.path("body").asText("");
    return event.path("isBase64Encoded").asBoolean() ? decoded(body) : body;
  }

  private static String route(JsonNode event) {
    JsonNode number = event.at("/pathParameters/phoneNumberId");
    if (number.isTextual()) {
      return MIGRATIONS + "/" + number.textValue();
    }
    String route = event.path("routeKey").asText();
    if (route.endsWith(" " + MIGRATIONS) || route.endsWith(" " + BRAKE)) {
      return route.substring(route.indexOf(' ') + 1);
    }
    String path = event.path("rawPath").asText();
    String end = path.substring(Math.max(0, path.lastIndexOf(MIGRATIONS)));
    if (end.matches(MIGRATIONS + "(/[^/]*)?")) {
      return end;
    }
    return path.endsWith(BRAKE) ? BRAKE : path;
  }

  /** As the gateway has parsed them, and as the caller wrote them. */
  private static List<String> parameters(JsonNode event) {
    return Stream.concat(
            event.path("queryStringParameters").properties().stream().map(Map.Entry::getKey),
            Stream.of(event.path("rawQueryString").asText("").split("&"))
                .map(HttpRequest::parameterName))
        .filter(it -> !it.isEmpty() && !it.startsWith(OF_A_SIGNATURE))
        .distinct()
        .toList();
  }

  /** One that has no name goes by all of itself. */
  private static String parameterName(String parameter) {
    String name = parameter.split("=", 2)[0];
    try {
      return name.isEmpty() ? parameter : URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }

  /** HTTP APIs write names in lower case; what stands in for them does not. */
  private static String header(JsonNode event, String name) {
    return event.path("headers").properties().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .flatMap(header -> values(header.getValue()))
        .collect(Collectors.joining(","));
  }

  private static Stream<String> values(JsonNode header) {
    return header.isArray()
        ? StreamSupport.stream(header.spliterator(), false).map(JsonNode::asText)
        : Stream.of(header.asText());
  }

  private static String decoded(String body) {
    try {
      return Texts.decode(Base64.getMimeDecoder().decode(body));
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  @Override
  public String toString() {
    return method + " " + path + " " + Secret.MASK;
  }
}
