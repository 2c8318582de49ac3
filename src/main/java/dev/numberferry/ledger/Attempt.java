package dev.numberferry.ledger;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.Harm;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.Trigger;
import dev.numberferry.domain.Upload;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One claim of a number, and what became of it. From its claim on, {@code register} may have been
 * called. Absent parts are null.
 *
 * @param migrationId stays the same when a later look changes the result
 * @param backup the object that the backup was read from; null where it came inside the event
 * @param trigger which way in the event came
 * @param requestedBy who asked for it, where that is known; before 0.2.0 also who put it on its
 *     queue
 * @param sentBy who put it on its queue, as SQS itself knows it
 * @param eventTime when the backup was uploaded; null where no upload started this, or nobody knows
 * @param sequencer S3's order of the uploads of one key
 * @param claimedAt by the ledger's clock
 * @param endedAt by the ledger's clock; null while it is open
 * @param result how it ended; null while it is open
 * @param published whether nothing is left to publish: the topic took the result, or it is silent
 * @param silent why the result is not published, where it is not to be; else null
 * @param again whether the topic is to hear the result once more after the next time: what is less
 *     known may be published in between
 * @param nextLook when a sweep looks at an unknown outcome again, by the ledger's clock; null
 *     before its first look
 */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Attempt(
    String migrationId,
    AttemptKey key,
    @Nullable StoredBackup backup,
    Trigger trigger,
    @Nullable String requestedBy,
    @Nullable String sentBy,
    @Nullable Instant eventTime,
    @Nullable String sequencer,
    Instant claimedAt,
    @Nullable Instant endedAt,
    @Nullable MigrationResult result,
    boolean published,
    @Nullable Silence silent,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean again,
    @Nullable Instant nextLook)
    implements AttemptBuilder.With {

  /** Why a result is not published, on purpose. */
  public enum Silence {
    /** The topic has heard the same for the same message of a queue. */
    REPEATED,
    /** It says that nothing was sent, and what came later has made that untrue. */
    OUTDATED
  }

  /** The same attempt with a result that was not published yet. */
  Attempt ended(MigrationResult how, Instant at) {
    return withEndedAt(at).withResult(how).withPublished(false).withSilent(null).withAgain(false);
  }

  /**
   * The same attempt with the result of its own run, however late. What WhatsApp answered outranks
   * what was concluded without the run, by somebody who may publish that yet; a run that ends
   * {@code UNKNOWN} changes nothing.
   */
  Attempt endedByItsRun(MigrationResult how, Instant at) {
    return isOpen() || how.status() != Status.UNKNOWN
        ? ended(how, at).withAgain(ended(Status.UNKNOWN) || again)
        : this;
  }

  /** The best-known result, of this one and that of its run. */
  public MigrationResult bestKnown(MigrationResult ofItsRun) {
    return isOpen() || ended(ofItsRun.status()) ? ofItsRun : ending();
  }

  /**
   * The same attempt after the topic took a result of it, in the form in which it is given. Where
   * another one stands here, the topic has heard what is less known, unless nobody knows this one.
   */
  Attempt heard(MigrationResult how) {
    if (ended(how.status())) {
      return withResult(how).withPublished(!again).withAgain(false);
    }
    return isOpen() || ended(Status.UNKNOWN) ? this : withPublished(false).withAgain(true);
  }

  /** The same attempt, of which the topic is to hear nothing. */
  Attempt silenced(Silence why) {
    return withPublished(true).withSilent(why);
  }

  /** The same attempt as anybody may see it who may see the number: not who else has asked. */
  Attempt withoutWhoAsked() {
    return withRequestedBy(null).withSentBy(null);
  }

  @JsonIgnore
  public boolean isOpen() {
    return result == null;
  }

  /** The result of an attempt that is not open. */
  public MigrationResult ending() {
    return Objects.requireNonNull(result);
  }

  /** The code of WhatsApp's error, if it gave one. */
  public Optional<Integer> errorCode() {
    return Optional.ofNullable(ending().outcome().error()).map(ErrorDetails::code);
  }

  /** Whether it is open, and its run is over even if its process still lives. */
  public boolean isStale(Instant now, Duration longestRun) {
    return isOpen() && !now.isBefore(claimedAt.plus(longestRun));
  }

  /** The upload that started it, if one did. */
  public Optional<Upload> upload() {
    return trigger == Trigger.UPLOAD && backup != null
        ? Optional.of(new Upload(backup, eventTime, sequencer))
        : Optional.empty();
  }

  /** The same attempt with its upload's time as it is believed. */
  Attempt believedAt(Instant now) {
    return withEventTime(Upload.believed(eventTime, now));
  }

  public boolean ended(Status status) {
    return result != null && result.status() == status;
  }

  /** Whether {@code register} was called, or may have been. */
  @JsonIgnore
  public boolean mayHaveCalled() {
    return !ended(Status.NOT_SENT) && !ended(Status.INVALID);
  }

  /** What its call may have done to a line that worked. */
  public Optional<Harm> harm() {
    return Optional.ofNullable(result).map(MigrationResult::outcome).flatMap(Outcome::harmDone);
  }

  /** What a retry has to name that knows the number's history up to this attempt. */
  public String reference() {
    return migrationId + "/" + (result == null ? Reason.IN_PROGRESS : result.status());
  }

  /** When the call was over, at the latest that is known. */
  @JsonIgnore
  public Instant calledAt() {
    return endedAt == null ? claimedAt : endedAt;
  }
}
