package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a number can send messages, and what stands against it, as WhatsApp tells; absent parts
 * are null. Source: Meta's pages on messaging health status and of the phone number node.
 *
 * @param entities the number and what it belongs to, those that hold messages back first
 * @param nameStatus {@code APPROVED}, {@code DECLINED} and others: of the display name
 * @param qualityRating {@code GREEN}, {@code YELLOW}, {@code RED}, {@code NA} or {@code UNKNOWN}
 * @param codeVerificationStatus {@code VERIFIED}, {@code NOT_VERIFIED}, {@code EXPIRED} and others
 */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Health(
    List<HealthEntity> entities,
    @Nullable String nameStatus,
    @Nullable String qualityRating,
    @Nullable String codeVerificationStatus) {

  private static final Set<String> GOOD_NAMES = Set.of("APPROVED", "AVAILABLE_WITHOUT_REVIEW");

  public Health {
    entities = entities == null ? List.of() : List.copyOf(entities);
  }

  /** What holds messages back. */
  List<Finding> sendingWarnings() {
    List<HealthEntity> holdBack = entities.stream().filter(HealthEntity::holdsBack).toList();
    boolean explained = holdBack.stream().anyMatch(HealthEntity::hasReasons);
    return holdBack.stream()
        // The number is blocked because its account is: the one with the reason says it all.
        .filter(it -> !explained || it.hasReasons())
        .map(HealthEntity::warning)
        .toList();
  }

  /** What is wrong with the display name. */
  Stream<Finding> nameWarning() {
    return nameStatus == null || GOOD_NAMES.contains(nameStatus)
        ? Stream.empty()
        : Stream.of(
            Finding.warning(
                "nameStatus",
                "is " + nameStatus + ", so customers may not see the display name",
                "Look at the display name in WhatsApp Manager."));
  }

  /** What matters before the move only: a number that has moved was verified. */
  Stream<Finding> verificationWarning() {
    return codeVerificationStatus == null || codeVerificationStatus.equals("VERIFIED")
        ? Stream.empty()
        : Stream.of(
            Finding.warning(
                "codeVerificationStatus",
                "is " + codeVerificationStatus + ", and register may answer 133006 to that",
                "Request a code for the number and verify it, if register asks for that."));
  }
}
