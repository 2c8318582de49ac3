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
 * @param blamed the parameters that Meta says are at fault
 */
record GraphError(
    Call call, ErrorDetails shown, String text, boolean passing, Optional<String> blamed) {

  private static final Pattern NODE_TYPE = Pattern.compile("node type \\((\\w{1,60})\\)");

  /** The types of objects whose ids people mistake for that of a number. */
  private static final Map<String, String> OBJECTS =
      Map.ofEntries(
          Map.entry("WhatsAppBusinessAccount", "a WhatsApp Business Account"),
          Map.entry("WhatsAppBusinessPreVerifiedPhoneNumber", "a pre-verified phone number"),
          Map.entry("WhatsAppBusinessProfile", "a business profile"),
          Map.entry("WhatsAppMessageTemplate", "a message template"),
          Map.entry("Business", "a business portfolio"),
          Map.entry("Application", "an app"),
          Map.entry("User", "a user"),
          Map.entry("SystemUser", "a System User"),
          Map.entry("BusinessUser", "a user of a business portfolio"),
          Map.entry("Page", "a Facebook Page"),
          Map.entry("IGUser", "an Instagram account"),
          Map.entry("ShadowIGUser", "an Instagram account"),
          Map.entry("AdAccount", "an ad account"),
          Map.entry("AdsPixel", "a dataset"),
          Map.entry("ProductCatalog", "a product catalog"));

  /** Which call an error answers: the same error asks for something else after each. */
  enum Call {
    /** It carried PIN, backup and password, and an attempt stands in the ledger. */
    REGISTER,
    /** It carried nothing but the number's id and the token. */
    LOOK
  }

  /** The kind of the object that the error is about, where it names one. */
  String object() {
    Matcher named = NODE_TYPE.matcher(shown.message() + "\n" + shown.details());
    String type = named.find() ? named.group(1) : "?";
    return OBJECTS.getOrDefault(type, "another kind of object (" + type + ")");
  }

  /** The same, with a trace id where it has none of its own. */
  GraphError withTraceId(Optional<String> traceId) {
    ErrorDetails traced =
        ErrorDetailsBuilder.builder(shown)
            .fbtraceId(Optional.ofNullable(shown.fbtraceId()).or(() -> traceId).orElse(null))
            .build();
    return new GraphError(call, traced, text, passing, blamed);
  }

  @Override
  public String toString() {
    return shown.toString();
  }
}
