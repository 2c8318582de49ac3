package dev.numberferry.migration;

import static dev.numberferry.domain.Upload.NUMBER_METADATA;

import dev.numberferry.backup.BackupReader;
import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.StoreException;
import dev.numberferry.migration.InputReader.Reading;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds out which number an uploaded backup belongs to: the one in the object's metadata or, where
 * that has none, the one id in its key. While S3 is asked for the metadata, the inputs of the
 * number in the key are being read.
 */
@ApplicationScoped
class UploadReader {

  private final BackupReader backups;
  private final InputReader inputReader;
  private final Parallel parallel;

  UploadReader(BackupReader backups, InputReader inputReader, Parallel parallel) {
    this.backups = backups;
    this.inputReader = inputReader;
    this.parallel = parallel;
  }

  /**
   * What an upload asks for.
   *
   * @param reading gives the inputs, or throws what kept them from being read
   */
  record Read(MigrationRequest request, Supplier<Reading> reading) {}

  /**
   * @throws InvalidInputException if the object names no number, or more than one
   * @throws StoreException if S3 denied access or failed
   */
  Read read(Delivery delivery) {
    StoredBackup object = delivery.upload().orElseThrow().object();
    Supplier<Optional<String>> metadata =
        parallel.start(() -> backups.metadata(object, NUMBER_METADATA));
    Optional<Read> early =
        StoredBackup.numberIn(object.key()).map(number -> read(number, delivery));
    PhoneNumberId number =
        metadata
            .get()
            .map(it -> number(object, it, "the metadata " + NUMBER_METADATA))
            .orElseGet(() -> only(object));
    return early
        .filter(it -> it.request().phoneNumberId().equals(number))
        .orElseGet(() -> read(number, delivery));
  }

  private Read read(PhoneNumberId number, Delivery delivery) {
    MigrationRequest request = MigrationRequest.uploaded(number, delivery);
    return new Read(request, Parallel.done(() -> inputReader.read(request)));
  }

  private static PhoneNumberId number(StoredBackup object, String id, String field) {
    try {
      return new PhoneNumberId(id);
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          field,
          e.findings().get(0).problem() + ": " + object.reference(),
          "Upload it again as <phoneNumberId>/backup.json, or with the right "
              + NUMBER_METADATA
              + ".");
    }
  }

  private static PhoneNumberId only(StoredBackup object) {
    List<String> inKey = StoredBackup.idsIn(object.key());
    if (inKey.size() != 1) {
      throw new InvalidInputException(
          "backup.key",
          (inKey.isEmpty() ? "names no phoneNumberId: " : "names more than one phoneNumberId: ")
              + object.reference(),
          "Upload it as <phoneNumberId>/backup.json, or with the metadata phone-number-id.");
    }
    return number(object, inKey.get(0), "backup.key");
  }
}
