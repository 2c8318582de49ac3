package dev.numberferry.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.ErrorDetailsBuilder;
import dev.numberferry.support.StrictJson;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * An answer of the Graph API, read as far as it can be.
 *
 * @param json the JSON object in it, if there is one
 * @param failure the error in it, if there is one
 */
record GraphResponse(int status, Optional<JsonNode> json, Optional<Failure> failure) {

  private static final int SERVER_ERROR = 500;

  /**
   * An error, and what {@link GraphErrorCode} knows of it.
   *
   * @param limit for how long WhatsApp's rate limit lasts, where its headers tell
   */
  record Failure(GraphError error, GraphErrorCode code, Optional<Duration> limit) {

    private static final Set<GraphErrorCode> FIELDS =
        EnumSet.of(
            GraphErrorCode.FIELD_UNKNOWN,
            GraphErrorCode.PERMISSION_MISSING,
            GraphErrorCode.VALUE_OF_LOOK);

    ErrorDetails shown() {
      return error.shown();
    }

    /** How long to wait before a new attempt makes sense, where waiting is what helps. */
    Optional<Duration> retryAfter() {
      return limit.filter(it -> code.effect() == GraphErrorCode.Effect.LATER).or(code::retryAfter);
    }

    String nextStep() {
      return code.nextStep(error);
    }

    /** Whether one field that the app may not see can be what fails the whole question. */
    boolean mayBeAboutAField() {
      return error.shown().hasCode(100) && FIELDS.contains(code);
    }
  }

  static GraphResponse read(Response response, GraphCall call, SecretMasker masker) {
    int status = response.getStatus();
    String body = response.hasEntity() ? response.readEntity(String.class) : "";
    Optional<JsonNode> json = StrictJson.parse(body).filter(JsonNode::isObject);
    Optional<Failure> failure =
        json.flatMap(it -> GraphError.read(call, status, it, masker))
            .map(
                error ->
                    new Failure(
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
