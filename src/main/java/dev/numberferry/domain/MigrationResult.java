package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.numberferry.domain.BackupSource.StoredBackup;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the invoker gets, what goes to the SNS topic and what the ledger keeps: the same JSON in
 * all. Absent values are left out. No secret is ever part of it.
 *
 * @param schemaVersion changes only when a subscriber would have to change
 * @param phoneNumberId null where the event held none that can be used
 * @param outcome its fields stand beside the others in the JSON
 * @param replayed whether this is the recorded result of an earlier delivery
 * @param backup the object that the backup was read from; null where there is none
 * @param durationMs from start to finish, in milliseconds
 */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MigrationResult(
    int schemaVersion,
    String migrationId,
    @Nullable PhoneNumberId phoneNumberId,
    @JsonUnwrapped Outcome outcome,
    @Nullable Boolean replayed,
    @Nullable StoredBackup backup,
    Instant startedAt,
    Instant finishedAt,
    long durationMs)
    implements MigrationResultBuilder.With {

  public static final int SCHEMA_VERSION = 1;

  public Status status() {
    return outcome.status();
  }

  /** The result in one line, for the log and for an exception's message. */
  public String summary() {
    String why = outcome.reason() == null ? "" : " (" + outcome.reason() + ")";
    ErrorDetails error = outcome.error();
    String found = error == null ? "" : ": " + error.message();
    String code = error == null || error.code() == null ? "" : " (code " + error.code() + ")";
    String number = phoneNumberId == null ? "" : " of number " + phoneNumberId;
    return "%s%s%s, migration %s%s%s".formatted(status(), why, number, migrationId, found, code);
  }
}
