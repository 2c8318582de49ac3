package dev.numberferry.whatsapp;

import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.ErrorDetailsBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An error of the Graph API, as {@link GraphErrorCode} reads it.
 *
 * @param shown what an operator gets to see: secrets are masked, and texts cut
 * @param text all of Meta's texts in lower case, unmasked: to be compared, and never shown
 * @param passing whether the error itself says that it will pass
 */
record GraphError(Call call, ErrorDetails shown, String text, boolean passing) {

  private static final Pattern NODE_TYPE = Pattern.compile("node type \\((\\w{1,60})\\)");

  /** The types of objects whose ids people mistake for that of a number. */
  private static final Map<String, String> OBJECTS =
      Map.of(
          "WhatsAppBusinessAccount", "a WhatsApp Business Account",
          "Business", "a business portfolio",
          "Application", "an app",
          "User", "a user",
          "Page", "a Facebook Page");

  /** Which call an error answers: the same error asks for something else after each. */
  enum Call {
    /** It carried PIN, backup and password, and an attempt stands in the ledger. */
    REGISTER,
    /** It carried nothing but the number's id and the token. */
    LOOK
  }

  /** The kind of the object that the error is about, where it names one. */
  String object() {
    Matcher named = NODE_TYPE.matcher(shown.message());
    String type = named.find() ? named.group(1) : "?";
    return OBJECTS.getOrDefault(type, "another kind of object (" + type + ")");
  }

  /** The same, with a trace id where it has none of its own. */
  GraphError withTraceId(Optional<String> traceId) {
    ErrorDetails traced =
        ErrorDetailsBuilder.builder(shown)
            .fbtraceId(Optional.ofNullable(shown.fbtraceId()).or(() -> traceId).orElse(null))
            .build();
    return new GraphError(call, traced, text, passing);
  }

  @Override
  public String toString() {
    return shown.toString();
  }
}
