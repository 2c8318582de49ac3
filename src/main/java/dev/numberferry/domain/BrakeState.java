package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The brake over all numbers: a circuit breaker that a person resets. While anything engages it,
 * nothing is moved.
 *
 * @param engagements what engages it, oldest first: harms, a person, or both; none while it is
 *     released
 * @param released its last release
 * @param harms counted since what harms had engaged was released, oldest first
 * @param releasedHarms counted before that: they are not counted again
 * @param unheard engagements that were released before the topic took their message
 */
@RecordBuilder
public record BrakeState(
    List<Engagement> engagements,
    Optional<Release> released,
    List<CountedHarm> harms,
    List<CountedHarm> releasedHarms,
    List<Engagement> unheard)
    implements BrakeStateBuilder.With {

  /** Released, and nothing was counted yet. */
  public static final BrakeState NEW =
      new BrakeState(List.of(), Optional.empty(), List.of(), List.of(), List.of());

  /** So many harms are kept at the most, the newest. */
  private static final int KEPT = 500;

  /** Each may have as many harms: more would not fit beside them into an item of the ledger. */
  private static final int UNHEARD_KEPT = 5;

  /**
   * A harm as the brake counts it, once for each migration.
   *
   * @param at when its call was over, by the ledger's clock
   */
  public record CountedHarm(
      String migrationId, PhoneNumberId phoneNumberId, Harm harm, Instant at) {

    /** Also where JSON leaves one out: without its time no harm could be counted beside it. */
    public CountedHarm {
      Objects.requireNonNull(migrationId);
      Objects.requireNonNull(phoneNumberId);
      Objects.requireNonNull(harm);
      Objects.requireNonNull(at);
    }
  }

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
   * @param released how a person let it go before that; null while it is engaged
   */
  @RecordBuilder
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Engagement(
      String brakeId,
      Instant at,
      List<CountedHarm> harms,
      @Nullable String reason,
      @Nullable String by,
      boolean published,
      @Nullable Release released)
      implements BrakeStateEngagementBuilder.With {

    public Engagement {
      Objects.requireNonNull(brakeId);
      Objects.requireNonNull(at);
      harms = List.copyOf(harms);
    }

    /** In words, as the rest of a sentence that says that the brake is engaged. */
    public String words() {
      String how =
          isByPerson()
              ? "by %s: %s".formatted(by, reason)
              : "after harm to " + numbers(harms) + " numbers";
      return "since %s, %s (brakeId %s)".formatted(at, how, brakeId);
    }

    boolean isByPerson() {
      return by != null;
    }

    /** Whether the harm of this migration was the one too many. */
    boolean followed(String migrationId) {
      return !harms.isEmpty() && harms.get(harms.size() - 1).migrationId().equals(migrationId);
    }
  }

  /**
   * A person has let an engagement go.
   *
   * @param brakeId the engagement's; null where a version wrote it that released whatever there was
   * @param at by the ledger's clock
   * @param reason why
   * @param by who did it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Release(@Nullable String brakeId, Instant at, String reason, String by) {

    public Release {
      Objects.requireNonNull(at);
      Objects.requireNonNull(reason);
      Objects.requireNonNull(by);
    }
  }

  public boolean isEngaged() {
    return !engagements.isEmpty();
  }

  /** What engages it, in words, as the rest of a sentence that begins with the brake. */
  public String words() {
    return engagements.stream()
        .map(Engagement::words)
        .collect(Collectors.joining(", and ", "is engaged ", ""));
  }

  /** What a person has to name who releases it. */
  public List<String> brakeIds() {
    return engagements.stream().map(Engagement::brakeId).toList();
  }

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
    return engagements.stream().allMatch(Engagement::isByPerson) && limit.isReachedBy(counted)
        ? next.and(engagement(brakeId, now).harms(counted).build())
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

  /**
   * The same, engaged by a person, whatever harms have engaged. Nothing changes where a person has
   * engaged it already, or where this very engagement was released: a write that comes again.
   */
  public BrakeState engagedBy(String by, String reason, Instant now, String brakeId) {
    return engagements.stream().anyMatch(Engagement::isByPerson) || lastRelease(brakeId).isPresent()
        ? this
        : and(engagement(brakeId, now).harms(List.of()).reason(reason).by(by).build());
  }

  /**
   * The same without the engagement that a person names. If harms had engaged it, the count begins
   * anew. Nothing changes where nothing is engaged, or where this was the last release: a command
   * that comes again.
   *
   * @throws InvalidInputException if it names nothing that is engaged
   */
  public BrakeState releasedBy(String by, String reason, Instant now, Optional<String> brakeId) {
    if (!isEngaged() || brakeId.flatMap(this::lastRelease).isPresent()) {
      return this;
    }
    Engagement named =
        engagements.stream()
            .filter(it -> brakeId.filter(it.brakeId()::equals).isPresent())
            .findFirst()
            .orElseThrow(() -> notEngaged(brakeId));
    BrakeState next = without(named, new Release(named.brakeId(), now, reason, by));
    return named.isByPerson()
        ? next
        : next.withHarms(List.of())
            .withReleasedHarms(
                newest(Stream.concat(releasedHarms.stream(), harms.stream()).toList()));
  }

  /** The same after a release; what nobody heard of is kept until somebody does. */
  private BrakeState without(Engagement engagement, Release release) {
    Stream<Engagement> untold =
        Stream.of(engagement.withReleased(release)).filter(it -> !it.published());
    return withEngagements(engagements.stream().filter(it -> !it.equals(engagement)).toList())
        .withReleased(Optional.of(release))
        .withUnheard(newest(Stream.concat(unheard.stream(), untold).toList(), UNHEARD_KEPT));
  }

  /** Its last release, if that was of this engagement. */
  public Optional<Release> lastRelease(String brakeId) {
    return released.filter(it -> brakeId.equals(it.brakeId()));
  }

  /** The same after the topic took the message of this engagement. */
  public BrakeState published(String brakeId) {
    return withEngagements(
            engagements.stream()
                .map(it -> it.brakeId().equals(brakeId) ? it.withPublished(true) : it)
                .toList())
        .withUnheard(unheard.stream().filter(it -> !it.brakeId().equals(brakeId)).toList());
  }

  /** The engagements that nobody has published yet, oldest first; some may be released. */
  public List<Engagement> unpublished() {
    return Stream.concat(unheard.stream(), engagements.stream().filter(it -> !it.published()))
        .sorted(Comparator.comparing(Engagement::at))
        .toList();
  }

  /**
   * Those of them up to the one that the harm of this migration brought; none where it brought
   * none, as whoever did publishes it.
   */
  public List<Engagement> unpublished(String migrationId) {
    List<Engagement> all = unpublished();
    return IntStream.range(0, all.size())
        .filter(i -> all.get(i).followed(migrationId))
        .mapToObj(i -> all.subList(0, i + 1))
        .findFirst()
        .orElse(List.of());
  }

  /** Whether this migration's harm counts. */
  public boolean counts(String migrationId) {
    return harms.stream().anyMatch(it -> it.migrationId().equals(migrationId));
  }

  private BrakeState and(Engagement another) {
    return withEngagements(Stream.concat(engagements.stream(), Stream.of(another)).toList());
  }

  private InvalidInputException notEngaged(Optional<String> brakeId) {
    return new InvalidInputException(
        "brakeId",
        (brakeId.isEmpty() ? "is missing" : "is of nothing that is engaged")
            + "; the brake "
            + words(),
        "Look at what led there, put it right, and name the brakeId of what you release.");
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
    return newest(all, KEPT);
  }

  private static <T> List<T> newest(List<T> all, int kept) {
    return all.subList(Math.max(0, all.size() - kept), all.size());
  }
}
