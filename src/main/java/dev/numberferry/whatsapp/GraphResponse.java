package dev.numberferry.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.ErrorDetailsBuilder;
import dev.numberferry.support.StrictJson;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/**
 * An answer of the Graph API, read as far as it can be.
 *
 * @param json the JSON object in it, if there is one
 * @param failure the error in it, if there is one
 */
record GraphResponse(int status, Optional<JsonNode> json, Optional<GraphFailure> failure) {

  private static final int SERVER_ERROR = 500;

  static GraphResponse read(Response response, GraphError.Call call, SecretMasker masker) {
    int status = response.getStatus();
    String body = response.hasEntity() ? response.readEntity(String.class) : "";
    Optional<JsonNode> json = StrictJson.parse(body).filter(JsonNode::isObject);
    Optional<GraphFailure> failure =
        json.flatMap(it -> GraphErrorParser.read(call, status, it, masker))
            .map(
                error ->
                    new GraphFailure(
                        error, GraphErrorCode.of(error), RateLimitHeaders.longestWait(response)));
    return new GraphResponse(status, json, failure);
  }

  boolean isRedirect() {
    return status >= 300 && status < 400;
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  boolean isServerError() {
    return status >= SERVER_ERROR;
  }

  /** What is shown where nothing in the answer can be: only that it is of no use. */
  ErrorDetails undocumented() {
    return ErrorDetailsBuilder.builder()
        .message("WhatsApp gave an answer of no documented form")
        .httpStatus(status)
        .build();
  }

  /** Without the JSON, whose texts may echo what was sent. */
  @Override
  public String toString() {
    return "HTTP " + status;
  }
}
