package dev.numberferry.migration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.numberferry.PhoneNumberId;
import dev.numberferry.Problem;
import dev.numberferry.backup.BackupSource.StoredBackup;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * What the invoker gets, and what goes to the SNS topic: the same JSON in both. Absent values are
 * left out. No secret is ever part of it.
 *
 * @param schemaVersion changes only when a subscriber would have to change
 * @param phoneNumberId null where the event held none that can be used
 * @param nextStep what the operator does now: one sentence
 * @param backup the object that the backup was read from
 * @param durationMs from start to finish, in milliseconds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection(targets = {MigrationResult.class, Problem.class, StoredBackup.class})
public record MigrationResult(
    int schemaVersion,
    String migrationId,
    PhoneNumberId phoneNumberId,
    Status status,
    Problem error,
    String nextStep,
    StoredBackup backup,
    Instant startedAt,
    Instant finishedAt,
    long durationMs) {

  static final int SCHEMA_VERSION = 1;

  /** The result in one line, for the log and for an exception's message. */
  String summary() {
    String found = error == null ? "" : ": " + error.message() + code();
    return "%s of number %s, migration %s%s".formatted(status, phoneNumberId, migrationId, found);
  }

  private String code() {
    return error.code() == null ? "" : " (code " + error.code() + ")";
  }
}
