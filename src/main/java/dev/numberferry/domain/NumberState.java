package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
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

  /**
   * What a number's platform and status mean for a call of {@code register}. Values are compared as
   * Meta writes them: one that is written in another way, or was never seen, is not taken for one
   * that is known. Source: Meta's reference of the phone number node and its OpenAPI document.
   */
  public enum Place {
    /** It has not moved, and may be called. */
    TO_MOVE(
        true,
        Set.of("ON_PREMISE", "NOT_APPLICABLE"),
        Set.of("CONNECTED", "DISCONNECTED", "PENDING", "UNVERIFIED", "FLAGGED", "RATE_LIMITED")),
    /** It is on the Cloud API and works, though it may be watched or limited there. */
    MOVED(false, Set.of("CLOUD_API"), Set.of("CONNECTED", "FLAGGED", "RATE_LIMITED")),
    /** It is on the Cloud API, but nobody can say that it works there. */
    MOVED_NOT_WORKING(false, Set.of(), Set.of()),
    /** Anything else: a call can do harm. */
    DOUBTFUL(false, Set.of(), Set.of());

    private final boolean alsoWithoutStatus;
    private final Set<String> platforms;
    private final Set<String> statuses;

    Place(boolean alsoWithoutStatus, Set<String> platforms, Set<String> statuses) {
      this.alsoWithoutStatus = alsoWithoutStatus;
      this.platforms = platforms;
      this.statuses = statuses;
    }

    /**
     * @param platform null where it was not told
     * @param status null where it was not told
     */
    static Place of(@Nullable String platform, @Nullable String status) {
      return Arrays.stream(values())
          .filter(it -> platform != null && it.platforms.contains(platform))
          .filter(it -> status == null ? it.alsoWithoutStatus : it.statuses.contains(status))
          .findFirst()
          .orElse(isCloud(platform) ? MOVED_NOT_WORKING : DOUBTFUL);
    }

    /** However it is written: what may be on the Cloud API is never called. */
    private static boolean isCloud(@Nullable String platform) {
      return platform != null && platform.strip().equalsIgnoreCase("CLOUD_API");
    }
  }

  /** What platform and status mean for a call. */
  public Place place() {
    return Place.of(platformType, status);
  }

  /** Whether the number has moved and is up. */
  public boolean hasMoved() {
    return place() == Place.MOVED;
  }

  /** The number's platform and status in words, where its platform was told. */
  public Optional<String> where() {
    return Optional.ofNullable(platformType).map(it -> status == null ? it : it + ", " + status);
  }

  /** That messages are held back, where they are: why, the number's health tells. */
  Optional<Finding> sendingWarning() {
    return holdsBack()
        ? Optional.of(
            Finding.warning(
                "canSendMessage",
                "is " + canSendMessage + ", and WhatsApp did not say why",
                "Look at the number in WhatsApp Manager."))
        : Optional.empty();
  }

  /** Whether messages are held back, all or some of them. */
  boolean holdsBack() {
    return canSendMessage != null && !canSendMessage.equals(AVAILABLE);
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
