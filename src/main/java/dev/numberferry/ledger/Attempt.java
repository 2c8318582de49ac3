package dev.numberferry.ledger;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Status;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * One claim of a number, and what became of it. From its claim on, {@code register} may have been
 * called.
 *
 * @param migrationId made once, and kept whatever is learned later
 * @param backup the object that the backup was read from; null where it came inside the event
 * @param trigger which way in the event came
 * @param eventTime when the backup was uploaded; null where no upload started this
 * @param claimedAt by the ledger's clock
 * @param endedAt by the ledger's clock; null while it is open
 * @param result how it ended; null while it is open
 * @param published whether the topic took the result
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Attempt(
    String migrationId,
    AttemptKey key,
    StoredBackup backup,
    String trigger,
    Instant eventTime,
    Instant claimedAt,
    Instant endedAt,
    MigrationResult result,
    boolean published) {

  /** A claim, before anything is known. */
  public static Attempt claim(
      String migrationId,
      AttemptKey key,
      StoredBackup backup,
      String trigger,
      Instant eventTime,
      Instant now) {
    return new Attempt(migrationId, key, backup, trigger, eventTime, now, null, null, false);
  }

  /** The same attempt with a result that nobody was told yet. */
  public Attempt ended(MigrationResult how, Instant now) {
    return new Attempt(migrationId, key, backup, trigger, eventTime, claimedAt, now, how, false);
  }

  /**
   * The same attempt with what its own run learned, however late: WhatsApp's word outranks what was
   * concluded without it. That the run does not know is no news.
   */
  public Attempt endedByItsRun(MigrationResult how, Instant now) {
    return isOpen() || how.status() != Status.UNKNOWN ? ended(how, now) : this;
  }

  /** The same attempt, its result published. */
  public Attempt told() {
    return new Attempt(
        migrationId, key, backup, trigger, eventTime, claimedAt, endedAt, result, true);
  }

  @JsonIgnore
  public boolean isOpen() {
    return result == null;
  }

  /** Whether its run is over, dead or alive. */
  public boolean isStale(Instant now, Duration longestRun) {
    return isOpen() && !now.isBefore(claimedAt.plus(longestRun));
  }

  /** Whether a newer upload than that of this time started it. */
  public boolean isNewerThan(Instant upload) {
    return eventTime != null && upload != null && eventTime.isAfter(upload);
  }

  public boolean ended(Status status) {
    return result != null && result.status() == status;
  }

  /** Whether {@code register} was called, or may have been. */
  @JsonIgnore
  public boolean mayHaveCalled() {
    return !ended(Status.NOT_SENT);
  }

  /** Whether it ended with this code of WhatsApp's. */
  public boolean hasCode(int code) {
    return result != null && result.error() != null && Objects.equals(result.error().code(), code);
  }

  /** When the call was over, at the latest that is known. */
  @JsonIgnore
  public Instant calledAt() {
    return endedAt == null ? claimedAt : endedAt;
  }
}
