package dev.numberferry.whatsapp;

import java.util.Optional;

/**
 * Where a webhook can be set: the more specific level, which stands first here, counts. Source:
 * Meta's page on webhook overrides.
 */
enum WebhookLevel {
  PHONE_NUMBER("phone_number"),
  WABA("whatsapp_business_account"),
  APP("application");

  private final String field;

  WebhookLevel(String field) {
    this.field = field;
  }

  /** The URL that is set on this level, where one is. */
  Optional<String> url(GraphNode number) {
    return Optional.ofNullable(number.text("/" + NumberWebhooks.FIELD + "/" + field));
  }
}
