package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

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
 */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NumberState(
    String displayPhoneNumber,
    String platformType,
    @JsonIgnore String status,
    @JsonIgnore Boolean pinEnabled,
    String throughput,
    String canSendMessage)
    implements NumberStateBuilder.With {

  /** What platform and status mean for a call. */
  public NumberPlace place() {
    return NumberPlace.of(platformType, status);
  }

  /** Whether the number has moved and is up. */
  public boolean hasMoved() {
    return place() == NumberPlace.MOVED;
  }
}
