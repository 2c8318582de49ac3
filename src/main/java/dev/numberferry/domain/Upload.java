package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.numberferry.domain.BackupSource.StoredBackup;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An upload of a backup. Absent parts are null.
 *
 * @param object what was uploaded
 * @param time when, to the second at best
 * @param sequencer S3's order of the events of one key: hexadecimal digits. Source: S3's page on
 *     the structure of event messages
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Upload(StoredBackup object, @Nullable Instant time, @Nullable String sequencer) {

  /** Name of the metadata by which an object may name its number. */
  public static final String NUMBER_METADATA = "phone-number-id";

  /** So far may the clocks differ of who tells a time and of who reads it. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  /**
   * The time of an upload as it is believed. One that has yet to come would supersede all that
   * comes until then: it was made up, and is taken for none.
   *
   * @param now by the clock of who reads it
   */
  public static @Nullable Instant believed(@Nullable Instant time, Instant now) {
    return time != null && time.isAfter(now.plus(CLOCK_SKEW)) ? null : time;
  }

  /** The same upload with its time as it is believed. */
  public Upload believedAt(Instant now) {
    return new Upload(object, believed(time, now), sequencer);
  }

  /**
   * Whether this came after another one: by S3's own order for one key where the times do not
   * contradict it, else by time. Where neither tells, it did not.
   */
  public boolean isNewerThan(Upload other) {
    return bySequencer(other)
        .map(it -> it > 0)
        .orElseGet(() -> time != null && other.time != null && time.isAfter(other.time));
  }

  /**
   * Whether this one is to be kept in mind, of two: it is the newer, or nothing tells, and it has a
   * time by which a third one can be told.
   */
  public boolean tellsMoreThan(Upload other) {
    return isNewerThan(other) || (!other.isNewerThan(this) && time != null && other.time == null);
  }

  /**
   * As a comparison does, where both have a sequencer of S3 and one key. One that the times
   * contradict was made up, as those of S3 grow with the time; so was one without a time.
   */
  private Optional<Integer> bySequencer(Upload other) {
    if (sequencer == null || other.sequencer == null || !isOfSameKey(other)) {
      return Optional.empty();
    }
    int order = compare(sequencer, other.sequencer);
    return order == 0 || (order > 0 ? mayFollow(other) : other.mayFollow(this))
        ? Optional.of(order)
        : Optional.empty();
  }

  private boolean mayFollow(Upload other) {
    return time != null && other.time != null && !time.plus(CLOCK_SKEW).isBefore(other.time);
  }

  private boolean isOfSameKey(Upload other) {
    return object.bucket().equals(other.object.bucket()) && object.key().equals(other.object.key());
  }

  /** As hexadecimal texts, the shorter one padded with zeros on its right. */
  private static int compare(String one, String other) {
    int length = Math.max(one.length(), other.length());
    return padded(one, length).compareTo(padded(other, length));
  }

  private static String padded(String sequencer, int length) {
    return sequencer.toUpperCase(Locale.ROOT) + "0".repeat(length - sequencer.length());
  }
}
