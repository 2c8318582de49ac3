package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.numberferry.domain.BackupSource.StoredBackup;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/**
 * What the invoker gets, what goes to the SNS topic and what the ledger keeps: the same JSON in
 * all. Absent values are left out. No secret is ever part of it.
 *
 * @param schemaVersion changes only when a subscriber would have to change
 * @param phoneNumberId null where the event held none that can be used
 * @param reason why the call was held back
 * @param until when the call is no longer held back for that reason
 * @param retryAfter when a new attempt makes sense, where waiting is what helps
 * @param findings what a dry run found in the way
 * @param nextStep what the operator does now: one sentence
 * @param reconciled whether it was learned by asking for the state, for want of an answer
 * @param replayed whether this is the recorded result of an earlier delivery
 * @param platformType the side that the number was last seen on
 * @param backup the object that the backup was read from
 * @param durationMs from start to finish, in milliseconds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection(
    targets = {
      MigrationResult.class,
      PhoneNumberId.class,
      Status.class,
      Reason.class,
      ErrorDetails.class,
      StoredBackup.class
    })
public record MigrationResult(
    int schemaVersion,
    String migrationId,
    PhoneNumberId phoneNumberId,
    Status status,
    Reason reason,
    Instant until,
    ErrorDetails error,
    Instant retryAfter,
    List<Finding> findings,
    String nextStep,
    Boolean reconciled,
    Boolean replayed,
    String displayPhoneNumber,
    String platformType,
    String throughput,
    String canSendMessage,
    StoredBackup backup,
    Instant startedAt,
    Instant finishedAt,
    long durationMs) {

  public static final int SCHEMA_VERSION = 1;

  /** The same result, answered to a later delivery of the same attempt. */
  public MigrationResult asReplayed() {
    return new MigrationResult(
        schemaVersion,
        migrationId,
        phoneNumberId,
        status,
        reason,
        until,
        error,
        retryAfter,
        findings,
        nextStep,
        reconciled,
        true,
        displayPhoneNumber,
        platformType,
        throughput,
        canSendMessage,
        backup,
        startedAt,
        finishedAt,
        durationMs);
  }

  /** The same result with what was seen of the number afterwards. */
  public MigrationResult with(NumberState seen) {
    return new MigrationResult(
        schemaVersion,
        migrationId,
        phoneNumberId,
        status,
        reason,
        until,
        error,
        retryAfter,
        findings,
        nextStep,
        reconciled,
        replayed,
        seen.displayPhoneNumber(),
        seen.platformType(),
        seen.throughput(),
        seen.canSendMessage(),
        backup,
        startedAt,
        finishedAt,
        durationMs);
  }

  /** The result in one line, for the log and for an exception's message. */
  public String summary() {
    String why = reason == null ? "" : " (" + reason + ")";
    String found = error == null ? "" : ": " + error.message() + code();
    return "%s%s of number %s, migration %s%s"
        .formatted(status, why, phoneNumberId, migrationId, found);
  }

  private String code() {
    return error.code() == null ? "" : " (code " + error.code() + ")";
  }
}
