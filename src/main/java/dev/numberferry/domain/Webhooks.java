package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who gets the messages that users send to a number; absent parts are null. Source: Meta's pages on
 * webhook overrides and on the subscribed apps of a WhatsApp Business Account.
 *
 * @param host of the webhook's URL; the rest of a URL may hold a secret
 * @param setOn where that webhook is set: {@code PHONE_NUMBER}, {@code WABA} or {@code APP}, or
 *     {@link #NOWHERE}
 * @param appSubscribed whether the token's own app is subscribed to the number's WABA
 */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Webhooks(
    @Nullable String host, @Nullable String setOn, @Nullable Boolean appSubscribed)
    implements WebhooksBuilder.With {

  /** What {@code setOn} is where WhatsApp names no webhook for the number. */
  public static final String NOWHERE = "NONE";

  /**
   * @param seen the number that they are for, where somebody saw it
   */
  List<Finding> warnings(Optional<NumberState> seen) {
    List<Finding> warnings = new ArrayList<>();
    if (serveNobody()) {
      warnings.add(
          Finding.warning(
              "webhooks",
              "name no host for this number, so messages of users are lost in silence",
              "Set a callback URL for the app in the App Dashboard."));
    }
    if (missTheApp()) {
      warnings.add(
          Finding.warning(
              "webhooks",
              "do not reach the token's app, which is not subscribed to the number's WABA",
              "Call POST /%s/subscribed_apps with this token, unless another app is to get the messages."
                  .formatted(seen.map(NumberState::wabaId).orElse("<WABA id>"))));
    }
    return warnings;
  }

  /** Whether messages of users are lost, or do not reach the token's app. */
  boolean leaveSomebodyOut() {
    return serveNobody() || missTheApp();
  }

  private boolean serveNobody() {
    return NOWHERE.equals(setOn);
  }

  private boolean missTheApp() {
    return Boolean.FALSE.equals(appSubscribed);
  }

  /** Whether WhatsApp told all of it. */
  boolean isKnown() {
    return setOn != null && appSubscribed != null;
  }
}
