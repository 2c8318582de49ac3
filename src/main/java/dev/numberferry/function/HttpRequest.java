package dev.numberferry.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A request as an API Gateway HTTP API hands it on (payload 2.0).
 *
 * @param path without the stage
 * @param respondAsync whether the caller prefers not to wait (RFC 7240)
 */
record HttpRequest(String method, String path, boolean respondAsync, String body) {

  static HttpRequest of(JsonNode event) {
    String stage = "/" + event.at("/requestContext/stage").asText();
    String path = event.path("rawPath").asText();
    String body = event.path("body").asText("");
    return new HttpRequest(
        event.at("/requestContext/http/method").asText(),
        path.startsWith(stage + "/") ? path.substring(stage.length()) : path,
        event.at("/headers/prefer").asText().matches("(?i)(.*[,;\\s])?respond-async([,;\\s].*)?"),
        event.path("isBase64Encoded").asBoolean() ? decoded(body) : body);
  }

  private static String decoded(String body) {
    try {
      return new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  @Override
  public String toString() {
    return method + " " + path + " " + Secret.MASK;
  }
}
