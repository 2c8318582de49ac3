package dev.numberferry.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.FerryConfig;
import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Upload;
import dev.numberferry.migration.Migrator;
import io.quarkus.funqy.Funq;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The way in for a backup that was dropped into the bucket. */
public class BackupUploadedFunction {

  private static final Logger LOG = Logger.getLogger(BackupUploadedFunction.class);

  private final FerryConfig config;
  private final Migrator migrator;

  BackupUploadedFunction(FerryConfig config, Migrator migrator) {
    this.config = config;
    this.migrator = migrator;
  }

  /**
   * Takes S3 notifications and EventBridge events, by themselves or as queue messages.
   *
   * @return the results, or for a batch the messages that have to come again
   */
  @Funq("backup-uploaded")
  public Object backupUploaded(JsonNode event) {
    return EventKind.of(event) == EventKind.SQS_BATCH
        ? SqsBatchResponse.handle(event, this::uploads)
        : uploads(event);
  }

  private List<MigrationResult> uploads(JsonNode event) {
    EventKind kind = EventKind.of(event);
    return switch (kind) {
      case S3_NOTIFICATION -> migrate(S3Upload.ofNotification(event).stream());
      case EVENTBRIDGE -> migrate(Stream.of(S3Upload.ofEventBridge(event)));
      case S3_TEST -> {
        LOG.info("Passed over: S3's test event");
        yield List.of();
      }
      default ->
          List.of(
              migrator.refuse(
                  Optional.empty(),
                  kind.notFor(
                      "backup-uploaded",
                      "S3 notifications and EventBridge events of S3",
                      "Send migration events to migrate.")));
    };
  }

  private List<MigrationResult> migrate(Stream<S3Upload> uploads) {
    return uploads.filter(this::isBackup).map(this::migrate).toList();
  }

  private boolean isBackup(S3Upload upload) {
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

  private MigrationResult migrate(S3Upload upload) {
    StoredBackup object = upload.object();
    if (config.backupBucket().filter(object.bucket()::equals).isEmpty()) {
      return migrator.refuse(
          Optional.empty(),
          new InvalidInputException(
              "backup.bucket",
              "is not the bucket that this function works for: " + object.reference(),
              "Upload to that bucket, or correct FERRY_BACKUP_BUCKET."));
    }
    return migrator.migrateUploaded(
        Delivery.of("upload")
            .withUpload(Optional.of(new Upload(object, upload.time(), upload.sequencer()))));
  }
}
