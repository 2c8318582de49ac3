package dev.numberferry.domain;

import dev.numberferry.domain.BackupSource.InlineBackup;
import dev.numberferry.domain.BackupSource.StoredBackup;
import java.time.Instant;
import java.util.Optional;

/**
 * A wish to move one number, with everything in it checked that can be checked without looking
 * outside.
 *
 * @param secretId name of the number's secret, where the event gives one
 * @param dataLocalizationRegion a two-letter country code, where the event gives one
 * @param expectedNumber the phone number that the id must belong to, where the event gives one
 * @param retry the operator's reason for one more attempt, where the event gives one
 * @param dryRun whether to stop before anything is claimed or sent
 * @param trigger which way in it came
 * @param eventTime when the backup was uploaded, where an upload started this
 */
public record MigrationRequest(
    PhoneNumberId phoneNumberId,
    BackupSource backup,
    Optional<String> secretId,
    Optional<String> dataLocalizationRegion,
    Optional<String> expectedNumber,
    Optional<String> retry,
    boolean dryRun,
    String trigger,
    Optional<Instant> eventTime) {

  /**
   * What an upload starts.
   *
   * @param eventTime null where the event does not tell
   */
  public static MigrationRequest uploaded(
      PhoneNumberId phoneNumberId, StoredBackup backup, Instant eventTime) {
    return new MigrationRequest(
        phoneNumberId,
        backup,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        "upload",
        Optional.ofNullable(eventTime));
  }

  /**
   * The same request, to go through a queue.
   *
   * @throws InvalidInput if the backup is inside of it
   */
  public MigrationRequest withoutCredential() {
    if (backup instanceof InlineBackup) {
      throw new InvalidInputException(
          "backup.data",
          "is not taken through a queue, which is no place for a credential",
          "Upload the backup and give bucket and key, or wait for the answer.");
    }
    return this;
  }
}
