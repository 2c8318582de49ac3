package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a number in WhatsApp's answer; each part is null where the answer has none. Source:
 * Meta's reference of the phone number node.
 *
 * @param platformType {@code CLOUD_API}, {@code ON_PREMISE} or {@code NOT_APPLICABLE}
 * @param status {@code CONNECTED}, {@code DISCONNECTED}, {@code BANNED} and others; results have a
 *     status of their own, and leave it out
 * @param pinEnabled whether two-step verification is on
 * @param throughput {@code STANDARD}, {@code HIGH} or {@code NOT_APPLICABLE}
 * @param canSendMessage {@code AVAILABLE}, {@code LIMITED} or {@code BLOCKED}
 * @param wabaId id of the WhatsApp Business Account that the number belongs to
 */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NumberState(
    @Nullable String displayPhoneNumber,
    @Nullable String platformType,
    @JsonIgnore @Nullable String status,
    @JsonIgnore @Nullable Boolean pinEnabled,
    @Nullable String throughput,
    @Nullable String canSendMessage,
    @JsonIgnore @Nullable String wabaId)
    implements NumberStateBuilder.With {

  /** What {@code canSendMessage} is where nothing holds messages back. */
  static final String AVAILABLE = "AVAILABLE";

  /** What platform and status mean for a call. */
  public NumberPlace place() {
    return NumberPlace.of(platformType, status);
  }

  /** Whether the number has moved and is up. */
  public boolean hasMoved() {
    return place() == NumberPlace.MOVED;
  }

  /** The number's platform and status in words. */
  public @Nullable String where() {
    return status == null ? platformType : platformType + ", " + status;
  }

  /** That messages are held back, where they are: why, the number's health tells. */
  Optional<Finding> sendingWarning() {
    return canSendMessage == null || canSendMessage.equals(AVAILABLE)
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                "canSendMessage",
                "is " + canSendMessage + ", and WhatsApp did not say why",
                "Look at the number in WhatsApp Manager."));
  }

  /** That the deployment is not connected, where it is not. */
  public Optional<Finding> disconnectedWarning() {
    return "ON_PREMISE".equals(platformType) && "DISCONNECTED".equals(status)
        ? Optional.of(
            Finding.warning(
                "status",
                "is DISCONNECTED, and one large partner reports that the move then fails",
                "Reconnect the On-Premises deployment first, if it still can be."))
        : Optional.empty();
  }
}
