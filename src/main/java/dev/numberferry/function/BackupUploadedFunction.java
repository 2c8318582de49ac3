package dev.numberferry.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.FerryConfig;
import dev.numberferry.InvalidInput;
import dev.numberferry.PhoneNumberId;
import dev.numberferry.StoreFailure;
import dev.numberferry.backup.BackupSource.StoredBackup;
import dev.numberferry.backup.Backups;
import dev.numberferry.migration.Migration;
import dev.numberferry.migration.MigrationRequest;
import dev.numberferry.migration.MigrationResult;
import io.quarkus.funqy.Funq;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The way in for a backup that was dropped into the bucket. */
public class BackupUploadedFunction {

  private static final Logger LOG = Logger.getLogger(BackupUploadedFunction.class);

  private final FerryConfig config;
  private final Backups backups;
  private final Migration migration;

  BackupUploadedFunction(FerryConfig config, Backups backups, Migration migration) {
    this.config = config;
    this.backups = backups;
    this.migration = migration;
  }

  /**
   * Takes S3 notifications and EventBridge events, by themselves or as queue messages.
   *
   * @return the results, or for a batch the messages that have to come again
   */
  @Funq("backup-uploaded")
  public Object backupUploaded(JsonNode event) {
    return EventKind.of(event) == EventKind.SQS_BATCH
        ? Batch.handle(event, this::uploads)
        : uploads(event);
  }

  private List<MigrationResult> uploads(JsonNode event) {
    EventKind kind = EventKind.of(event);
    return switch (kind) {
      case S3_NOTIFICATION -> migrate(Upload.ofNotification(event).stream());
      case EVENTBRIDGE -> migrate(Stream.of(Upload.ofEventBridge(event)));
      case S3_TEST -> {
        LOG.info("Passed over: S3's test event");
        yield List.of();
      }
      default ->
          List.of(
              migration.refuse(
                  Optional.empty(),
                  kind.notFor(
                      "backup-uploaded",
                      "S3 notifications and EventBridge events of S3",
                      "Send migration events to migrate.")));
    };
  }

  private List<MigrationResult> migrate(Stream<Upload> uploads) {
    return uploads.filter(this::isBackup).map(this::migrate).toList();
  }

  private boolean isBackup(Upload upload) {
    String key = upload.object().key();
    boolean backup =
        upload.created()
            && !key.isEmpty()
            && !key.endsWith("/")
            && key.startsWith(config.backupPrefix().orElse(""));
    if (!backup) {
      LOG.infof("Passed over, as it is no upload of a backup: %s", upload.object().reference());
    }
    return backup;
  }

  private MigrationResult migrate(Upload upload) {
    MigrationRequest request;
    try {
      request =
          MigrationRequest.uploaded(numberOf(upload.object()), upload.object(), upload.time());
    } catch (InvalidInput e) {
      return migration.refuse(Optional.empty(), e);
    } catch (StoreFailure e) {
      return migration.refuse(e);
    }
    return migration.carry(request);
  }

  private PhoneNumberId numberOf(StoredBackup object) {
    if (!config.backupBucket().filter(object.bucket()::equals).isPresent()) {
      throw new InvalidInput(
          "backup.bucket",
          "is not the bucket that this function works for: " + object.reference(),
          "Upload to that bucket, or correct FERRY_BACKUP_BUCKET.");
    }
    return UploadedNumber.of(object, backups.metadata(object, UploadedNumber.METADATA));
  }
}
