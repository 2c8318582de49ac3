package dev.numberferry.domain;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a number's platform and status mean for a call of {@code register}. Values are compared as
 * Meta writes them: one that is written in another way, or was never seen, is not taken for one
 * that is known. Source: Meta's reference of the phone number node and its OpenAPI document.
 */
public enum NumberPlace {
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

  NumberPlace(boolean alsoWithoutStatus, Set<String> platforms, Set<String> statuses) {
    this.alsoWithoutStatus = alsoWithoutStatus;
    this.platforms = platforms;
    this.statuses = statuses;
  }

  /**
   * @param platform null where it was not told
   * @param status null where it was not told
   */
  static NumberPlace of(@Nullable String platform, @Nullable String status) {
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
