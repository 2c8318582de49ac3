package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The brake over all numbers: a circuit breaker that a person resets. While it is engaged, nothing
 * is moved. Absent parts are null.
 *
 * @param engaged what engaged it; null while it is released
 * @param released its last release
 * @param harms counted since then, oldest first
 * @param releasedHarms counted before that: they are not counted again
 */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BrakeState(
    @Nullable Engagement engaged,
    @Nullable Release released,
    List<CountedHarm> harms,
    List<CountedHarm> releasedHarms)
    implements BrakeStateBuilder.With {

  /** Released, and nothing was counted yet. */
  public static final BrakeState NEW = new BrakeState(null, null, List.of(), List.of());

  /** So many harms are kept at the most, the newest. */
  private static final int KEPT = 500;

  /**
   * A harm as the brake counts it, once for each migration.
   *
   * @param at when its call was over, by the ledger's clock
   */
  public record CountedHarm(
      String migrationId, PhoneNumberId phoneNumberId, Harm harm, Instant at) {}

  /**
   * Harm to how many numbers engages the brake: what happens to one of them again and again says
   * little of the others.
   *
   * @param after to so many; 0 where no harm does
   * @param window within this time
   */
  public record Limit(int after, Duration window) {

    boolean covers(CountedHarm harm, Instant now) {
      return harm.at().isAfter(now.minus(window));
    }

    boolean isReachedBy(List<CountedHarm> harms) {
      return after > 0 && numbers(harms) >= after;
    }
  }

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
  public record Engagement(
      String brakeId,
      Instant at,
      List<CountedHarm> harms,
      @Nullable String reason,
      @Nullable String by,
      boolean published)
      implements BrakeStateEngagementBuilder.With {

    /** In words, as the rest of a sentence that begins with the brake. */
    public String words() {
      return by == null
          ? "is engaged since %s, after harm to %s numbers".formatted(at, numbers(harms))
          : "is engaged since %s, by %s: %s".formatted(at, by, reason);
    }

    /** Whether the harm of this migration was the one too many. */
    boolean followed(String migrationId) {
      return !harms.isEmpty() && harms.get(harms.size() - 1).migrationId().equals(migrationId);
    }
  }

  /**
   * A person has let the brake go.
   *
   * @param at by the ledger's clock
   * @param reason why
   * @param by who did it
   */
  public record Release(Instant at, String reason, String by) {}

  /**
   * The same after one more harm, which engages the brake where it is one too many. It changes
   * nothing where it was counted before or is older than the window.
   *
   * @param brakeId the id of the engagement that may come of it
   */
  public BrakeState counting(CountedHarm harm, Limit limit, Instant now, String brakeId) {
    if (!limit.covers(harm, now) || knows(harm.migrationId())) {
      return this;
    }
    BrakeState recent = within(limit, now);
    List<CountedHarm> counted =
        newest(Stream.concat(recent.harms.stream(), Stream.of(harm)).toList());
    BrakeState next = recent.withHarms(counted);
    return engaged == null && limit.isReachedBy(counted)
        ? next.withEngaged(engagement(brakeId, now).harms(counted).build())
        : next;
  }

  /** The same without the harms that are older than the window. */
  public BrakeState within(Limit limit, Instant now) {
    return withHarms(harms.stream().filter(it -> limit.covers(it, now)).toList())
        .withReleasedHarms(releasedHarms.stream().filter(it -> limit.covers(it, now)).toList());
  }

  /** The same without a harm that turned out to be none. */
  public BrakeState forgetting(String migrationId) {
    return withHarms(harms.stream().filter(it -> !it.migrationId().equals(migrationId)).toList());
  }

  /** The same, engaged by a person; nothing changes where it is engaged already. */
  public BrakeState engagedBy(String by, String reason, Instant now, String brakeId) {
    return engaged == null
        ? withEngaged(engagement(brakeId, now).harms(List.of()).reason(reason).by(by).build())
        : this;
  }

  /** The same, released by a person: the count begins anew. */
  public BrakeState releasedBy(String by, String reason, Instant now) {
    return new BrakeState(
        null,
        new Release(now, reason, by),
        List.of(),
        newest(Stream.concat(releasedHarms.stream(), harms.stream()).toList()));
  }

  /** The same after the topic took the message of this engagement. */
  public BrakeState published(String brakeId) {
    return engaged != null && engaged.brakeId().equals(brakeId)
        ? withEngaged(engaged.withPublished(true))
        : this;
  }

  /** The engagement that nobody has published yet. */
  public Optional<Engagement> unpublished() {
    return Optional.ofNullable(engaged).filter(it -> !it.published());
  }

  /** The engagement that nobody has published yet, if the harm of this migration brought it. */
  public Optional<Engagement> unpublished(String migrationId) {
    return unpublished().filter(it -> it.followed(migrationId));
  }

  /** Whether this migration's harm counts. */
  public boolean counts(String migrationId) {
    return harms.stream().anyMatch(it -> it.migrationId().equals(migrationId));
  }

  private static long numbers(List<CountedHarm> harms) {
    return harms.stream().map(CountedHarm::phoneNumberId).distinct().count();
  }

  private static BrakeStateEngagementBuilder engagement(String brakeId, Instant now) {
    return BrakeStateEngagementBuilder.builder().brakeId(brakeId).at(now);
  }

  private boolean knows(String migrationId) {
    return counts(migrationId)
        || releasedHarms.stream().anyMatch(it -> it.migrationId().equals(migrationId));
  }

  private static List<CountedHarm> newest(List<CountedHarm> all) {
    return all.subList(Math.max(0, all.size() - KEPT), all.size());
  }
}
