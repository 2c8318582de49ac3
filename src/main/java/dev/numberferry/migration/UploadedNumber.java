package dev.numberferry.migration;

import dev.numberferry.backup.BackupReader;
import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.StoreException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out which number an uploaded backup belongs to, and moves that. */
@ApplicationScoped
public class UploadedNumber {

  /** Name of the object's metadata that says so, where it is set. */
  static final String METADATA = "phone-number-id";

  private final BackupReader backups;
  private final Migrator migrator;
  private final ResultPublisher publisher;
  private final Clock clock;

  UploadedNumber(BackupReader backups, Migrator migrator, ResultPublisher publisher, Clock clock) {
    this.backups = backups;
    this.migrator = migrator;
    this.publisher = publisher;
    this.clock = clock;
  }

  /** Moves the number as {@link Migrator#migrate} does. */
  public MigrationResult migrate(Delivery delivery) {
    StoredBackup object = delivery.upload().orElseThrow().object();
    PhoneNumberId number;
    try {
      number = of(object, backups.metadata(object, METADATA));
    } catch (InvalidInputException e) {
      return migrator.refuse(Optional.empty(), e);
    } catch (StoreException e) {
      try (MigrationRun run = MigrationRun.start(Optional.empty(), clock)) {
        return publisher.publish(run.end(Outcome.notSent(e)));
      }
    }
    return migrator.migrate(MigrationRequest.uploaded(number, delivery));
  }

  /**
   * The id in the metadata, or the one id in the key.
   *
   * @throws InvalidInputException if there is none, or more than one
   */
  static PhoneNumberId of(StoredBackup object, Optional<String> metadata) {
    return metadata.map(PhoneNumberId::new).orElseGet(() -> inKey(object));
  }

  private static PhoneNumberId inKey(StoredBackup object) {
    String[] segments = object.key().split("/");
    segments[segments.length - 1] = segments[segments.length - 1].replaceAll("\\..*", "");
    Set<String> ids =
        Stream.of(segments).filter(it -> it.matches("[0-9]{5,20}")).collect(Collectors.toSet());
    if (ids.size() != 1) {
      throw new InvalidInputException(
          "backup.key",
          (ids.isEmpty() ? "names no phoneNumberId: " : "names more than one phoneNumberId: ")
              + object.reference(),
          "Upload it as <phoneNumberId>/backup.json, or with the metadata phone-number-id.");
    }
    return new PhoneNumberId(ids.iterator().next());
  }
}
