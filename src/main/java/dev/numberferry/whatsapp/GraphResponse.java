package dev.numberferry.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.ErrorDetailsBuilder;
import dev.numberferry.support.StrictJson;
import dev.numberferry.whatsapp.GraphErrorCode.Effect;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;

/**
 * An answer of the Graph API, read as far as it can be.
 *
 * @param json the JSON object in it, if there is one
 * @param error the error in it, with secrets masked; only an error with a code is one
 * @param transientError whether the answer itself says that the error will pass
 */
record GraphResponse(
    int status, Optional<JsonNode> json, Optional<ErrorDetails> error, boolean transientError) {

  private static final int SERVER_ERROR = 500;

  static GraphResponse read(Response response, SecretMasker masking) {
    int status = response.getStatus();
    String body = response.hasEntity() ? response.readEntity(String.class) : "";
    Optional<JsonNode> json = StrictJson.parse(body).filter(JsonNode::isObject);
    JsonNode error = json.map(it -> it.path("error")).orElse(null);
    if (error == null || !error.path("code").isIntegralNumber()) {
      return new GraphResponse(status, json, Optional.empty(), false);
    }
    boolean passes = error.path("is_transient").asBoolean();
    return new GraphResponse(status, json, Optional.of(details(status, error, masking)), passes);
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

  /**
   * What the error did. The table decides; a code that is not in it is taken at its HTTP status.
   */
  Effect effect() {
    return known()
        .map(GraphErrorCode::effect)
        .orElse(isServerError() || transientError ? Effect.UNKNOWN : Effect.REFUSED);
  }

  Optional<Duration> retryAfter() {
    return known().flatMap(GraphErrorCode::retryAfter);
  }

  String nextStep() {
    return known()
        .map(GraphErrorCode::nextStep)
        .orElse(
            effect() == Effect.UNKNOWN
                ? GraphErrorCode.LOOK_FIRST
                : "This code is not documented for register: read message and details, and look at"
                    + " the number in WhatsApp Manager before you send the event with a retry"
                    + " reason.");
  }

  /** Says no more than that the answer is of no use. */
  ErrorDetails undocumented() {
    return ErrorDetailsBuilder.builder()
        .message("WhatsApp gave an answer of no documented form")
        .httpStatus(status)
        .build();
  }

  private Optional<GraphErrorCode> known() {
    return error.flatMap(it -> GraphErrorCode.of(it.code()));
  }

  private static ErrorDetails details(int status, JsonNode error, SecretMasker masking) {
    JsonNode subcode = error.path("error_subcode");
    String details = masking.mask(text(error.at("/error_data/details")));
    return ErrorDetailsBuilder.builder()
        .code(error.path("code").intValue())
        .subcode(subcode.isInt() ? subcode.intValue() : null)
        .type(masking.mask(text(error.path("type"))))
        .message(masking.mask(text(error.path("message"))))
        // What Meta says beyond the message, which is often only a title.
        .details(details == null ? masking.mask(text(error.path("error_user_msg"))) : details)
        .fbtraceId(masking.mask(text(error.path("fbtrace_id"))))
        .httpStatus(status)
        .build();
  }

  private static String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : null;
  }

  /** Without the JSON, whose texts may echo what was sent. */
  @Override
  public String toString() {
    return "HTTP " + status;
  }
}
