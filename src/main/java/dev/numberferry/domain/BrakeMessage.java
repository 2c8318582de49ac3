package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.numberferry.domain.BrakeState.CountedHarm;
import dev.numberferry.domain.BrakeState.Release;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the topic hears when the brake is engaged. It is no result of a number; it has {@code
 * status} as results have, by which subscribers tell it apart.
 *
 * @param brakeId the engagement's own id
 * @param harms those that led there; none where a person did it
 * @param reason why a person did it, else null
 * @param by who did it, else null
 * @param released how a person let it go before anybody heard of it, else null
 * @param nextStep what the operator does now: one sentence
 */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BrakeMessage(
    int schemaVersion,
    String brakeId,
    String status,
    Instant engagedAt,
    List<CountedHarm> harms,
    @Nullable String reason,
    @Nullable String by,
    @Nullable Release released,
    String nextStep) {

  /** Nothing moves until a person has looked. */
  public static final Urgency URGENCY = Urgency.NOW;

  private static final String STATUS = "BRAKED";

  public static BrakeMessage of(BrakeState.Engagement engagement) {
    return BrakeMessageBuilder.builder()
        .schemaVersion(MigrationResult.SCHEMA_VERSION)
        .brakeId(engagement.brakeId())
        .status(STATUS)
        .engagedAt(engagement.at())
        .harms(engagement.harms())
        .reason(engagement.reason())
        .by(engagement.by())
        .released(engagement.released())
        .nextStep(nextStep(engagement))
        .build();
  }

  /** A release that is asked for late would be of what somebody has engaged since. */
  private static String nextStep(BrakeState.Engagement engagement) {
    return engagement.released() != null
        ? "This comes late, and the brake was released since: make sure that what led there was put"
            + " right."
        : "No number is moved until a person releases the brake: find out what did the harm, such"
            + " as a list with the PINs of other numbers, put it right, and invoke the function"
            + " that the stack's output BrakeFunctionName names with {\"release\": \"why\", \"by\": \"who\", \"brakeId\": \"%s\"}."
                .formatted(engagement.brakeId());
  }
}
