package dev.numberferry.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.Problem;
import dev.numberferry.StrictJson;
import dev.numberferry.whatsapp.GraphError.Effect;
import dev.numberferry.whatsapp.RegisterOutcome.Refused;
import dev.numberferry.whatsapp.RegisterOutcome.Registered;
import dev.numberferry.whatsapp.RegisterOutcome.Unclear;
import java.util.Optional;

/** Makes sense of an answer to {@code register}. What it cannot make sense of is unclear. */
final class AnswerReader {

  private final Masking masking;

  AnswerReader(Masking masking) {
    this.masking = masking;
  }

  RegisterOutcome read(int status, String body) {
    Optional<JsonNode> json = StrictJson.parse(body == null ? "" : body).filter(JsonNode::isObject);
    boolean redirect = status >= 300 && status < 400;
    if (json.isEmpty() || redirect) {
      return unclear(status, "an answer of no documented form");
    }
    JsonNode error = json.get().path("error");
    if (error.path("code").isIntegralNumber()) {
      return refusal(status, error);
    }
    String success = error.isMissingNode() ? json.get().path("success").asText() : "";
    if (success.equals("true") && status < 300) {
      return new Registered();
    }
    if (success.equals("false") && status < 500) {
      return new Refused(
          new Problem(null, null, null, "WhatsApp answered success: false", null, null, status),
          "WhatsApp gave no reason: look at the number in WhatsApp Manager before you try again.");
    }
    return unclear(status, "an answer of no documented form");
  }

  private RegisterOutcome refusal(int status, JsonNode error) {
    int code = error.path("code").intValue();
    Problem problem =
        new Problem(
            code,
            error.path("error_subcode").isInt() ? error.path("error_subcode").intValue() : null,
            text(error.path("type")),
            text(error.path("message")),
            details(error),
            text(error.path("fbtrace_id")),
            status);
    Optional<GraphError> known = GraphError.of(code);
    boolean passing = status >= 500 || error.path("is_transient").asBoolean();
    if (known.map(it -> it.effect() == Effect.UNKNOWN).orElse(passing)) {
      return new Unclear(problem, GraphError.LOOK_FIRST);
    }
    return new Refused(
        problem,
        known
            .map(GraphError::nextStep)
            .orElse(
                "This code is not documented for register: read message and details, and look at"
                    + " the number in WhatsApp Manager before you try again."));
  }

  /** What Meta says beyond the message, which is often only a title. */
  private String details(JsonNode error) {
    String details = text(error.path("error_data").path("details"));
    return details == null ? text(error.path("error_user_msg")) : details;
  }

  private String text(JsonNode node) {
    return node.isTextual() ? masking.mask(node.textValue()) : null;
  }

  private static RegisterOutcome unclear(int status, String what) {
    return new Unclear(
        new Problem(null, null, null, "WhatsApp gave " + what, null, null, status),
        GraphError.LOOK_FIRST);
  }
}
