package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/**
 * What engaged the brake: harms, or a person.
 *
 * @param brakeId its own id
 * @param at by the ledger's clock
 * @param harms those that led there; none where a person did it
 * @param reason why a person did it
 * @param by who did it
 * @param published whether the topic took its message
 */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BrakeEngagement(
    String brakeId,
    Instant at,
    List<CountedHarm> harms,
    String reason,
    String by,
    boolean published)
    implements BrakeEngagementBuilder.With {

  /** In words, as the rest of a sentence that begins with the brake. */
  public String words() {
    return by == null
        ? "is engaged since %s, after harm to %s numbers"
            .formatted(at, harms.stream().map(CountedHarm::phoneNumberId).distinct().count())
        : "is engaged since %s, by %s: %s".formatted(at, by, reason);
  }

  /** Whether the harm of this migration was the one too many. */
  boolean followed(String migrationId) {
    return !harms.isEmpty() && harms.get(harms.size() - 1).migrationId().equals(migrationId);
  }
}
