package dev.numberferry.domain;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Which side a number is on, as WhatsApp tells it; each part is null where it was not told. Source:
 * Meta's reference of the phone number node.
 *
 * @param platformType {@code CLOUD_API}, {@code ON_PREMISE} or {@code NOT_APPLICABLE}
 * @param status {@code CONNECTED}, {@code DISCONNECTED}, {@code BANNED} and others
 * @param pinEnabled whether two-step verification is on
 * @param throughput {@code STANDARD}, {@code HIGH} or {@code NOT_APPLICABLE}
 * @param canSendMessage {@code AVAILABLE}, {@code LIMITED} or {@code BLOCKED}
 */
public record NumberState(
    String displayPhoneNumber,
    String platformType,
    String status,
    Boolean pinEnabled,
    String throughput,
    String canSendMessage) {

  private static final String CLOUD = "CLOUD_API";

  public static NumberState of(JsonNode json) {
    JsonNode pin = json.path("is_pin_enabled");
    return new NumberState(
        text(json.path("display_phone_number")),
        text(json.path("platform_type")),
        text(json.path("status")),
        pin.isBoolean() ? pin.booleanValue() : null,
        text(json.at("/throughput/level")),
        text(json.at("/health_status/can_send_message")));
  }

  /** Whether the number is on the Cloud API, be it connected or not. */
  public boolean isOnCloud() {
    return CLOUD.equals(platformType);
  }

  /** Whether the number has moved and is up. */
  public boolean hasMoved() {
    return isOnCloud() && "CONNECTED".equals(status);
  }

  private static String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : null;
  }
}
