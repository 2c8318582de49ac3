package dev.numberferry.domain;

import dev.numberferry.domain.BackupSource.InlineBackup;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/**
 * A request to move one number, checked as far as that is possible without a remote call.
 *
 * @param secretId name of the number's secret, where the event gives one
 * @param dataLocalizationRegion a two-letter country code, where the event gives one
 * @param expectedNumber the phone number that the id must belong to, where the event gives one
 * @param retry the operator's word for one more attempt, where the event gives one
 * @param dryRun whether to stop before anything is claimed or sent
 * @param delivery how it came in
 */
@RecordBuilder
public record MigrationRequest(
    PhoneNumberId phoneNumberId,
    BackupSource backup,
    Optional<String> secretId,
    Optional<String> dataLocalizationRegion,
    Optional<String> expectedNumber,
    Optional<Retry> retry,
    boolean dryRun,
    Delivery delivery)
    implements MigrationRequestBuilder.With {

  /** The request that an upload stands for. */
  public static MigrationRequest uploaded(PhoneNumberId phoneNumberId, Delivery delivery) {
    return MigrationRequestBuilder.builder()
        .phoneNumberId(phoneNumberId)
        .backup(delivery.upload().orElseThrow().object())
        .delivery(delivery)
        .build();
  }

  /**
   * @throws InvalidInputException if the backup is inside of the event: a queue is no place for a
   *     credential
   */
  public void requireStoredBackup() {
    if (backup instanceof InlineBackup) {
      throw new InvalidInputException(
          "backup.data",
          "is not taken through a queue, which is no place for a credential",
          "Upload the backup and give bucket and key, or wait for the answer.");
    }
  }
}
