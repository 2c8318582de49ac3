package dev.numberferry.function;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.numberferry.FerryConfig;
import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.FunctionNames;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Trigger;
import dev.numberferry.domain.Upload;
import dev.numberferry.event.Envelope;
import dev.numberferry.event.EventKind;
import dev.numberferry.event.Payload;
import dev.numberferry.event.S3Upload;
import dev.numberferry.migration.MessageWaits;
import dev.numberferry.migration.Migrator;
import dev.numberferry.migration.UnfinishedException;
import dev.numberferry.support.Texts;
import io.quarkus.funqy.Funq;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The way in for a backup that was dropped into the bucket. */
public class BackupUploadedFunction {

  private static final Logger LOG = Logger.getLogger(BackupUploadedFunction.class);

  /** Of what comes from outside so much is logged. */
  private static final int LONGEST_NAME = 1024;

  private final FerryConfig config;
  private final Migrator migrator;
  private final Refusals refusals;
  private final MessageWaits waits;
  private final ObjectMapper json;

  BackupUploadedFunction(
      FerryConfig config,
      Migrator migrator,
      Refusals refusals,
      MessageWaits waits,
      ObjectMapper json) {
    this.config = config;
    this.migrator = migrator;
    this.refusals = refusals;
    this.waits = waits;
    this.json = json;
  }

  /**
   * Takes S3 notifications and EventBridge events, by themselves or as queue messages.
   *
   * @return the results, or for a batch the messages that have to come again
   */
  @Funq(FunctionNames.BACKUP_UPLOADED)
  public Object backupUploaded(Payload event) {
    return Failures.logged(() -> handle(event));
  }

  private Object handle(Payload event) {
    if (EventKind.of(event.json()) == EventKind.SQS_BATCH) {
      return SqsBatchResponse.handle(
          event.json(), waits, message -> all(message.body(), message.delivery(Trigger.UPLOAD)));
    }
    try {
      return all(event, Delivery.of(Trigger.UPLOAD));
    } catch (UnfinishedException e) {
      throw new FailedInvocation(e, json);
    } catch (NotBegunException e) {
      throw new FailedInvocation(e);
    }
  }

  private List<MigrationResult> all(Payload event, Delivery delivery) {
    return BatchRunner.of(Envelope.open(event), migrator::hasTime, it -> one(it, delivery)).stream()
        .flatMap(List::stream)
        .toList();
  }

  private List<MigrationResult> one(Payload event, Delivery delivery) {
    if (event.problem() != null) {
      return refusals.refuse(event, delivery, event.problem()).stream().toList();
    }
    EventKind kind = EventKind.of(event.json());
    return switch (kind) {
      case S3_NOTIFICATION -> migrate(S3Upload.ofNotification(event.json()).stream(), delivery);
      case EVENTBRIDGE -> migrate(Stream.of(S3Upload.ofEventBridge(event.json())), delivery);
      case S3_TEST -> {
        LOG.info("Passed over: S3's test event");
        count(1, 1);
        yield List.of();
      }
      default ->
          refusals
              .refuse(
                  event,
                  delivery,
                  kind.notFor(
                      FunctionNames.BACKUP_UPLOADED,
                      "S3 notifications and EventBridge events of S3",
                      "Send migration events to migrate."))
              .stream()
              .toList();
    };
  }

  private List<MigrationResult> migrate(Stream<S3Upload> told, Delivery delivery) {
    List<S3Upload> all = told.toList();
    List<S3Upload> uploads = all.stream().filter(it -> !isPassedOver(it)).toList();
    if (uploads.size() < all.size()) {
      count(all.size() - uploads.size(), all.size());
    }
    return BatchRunner.of(uploads, migrator::hasTime, it -> migrate(it, delivery));
  }

  private static void count(int passedOver, int all) {
    LOG.infof("Passed over: %d of %d records", passedOver, all);
  }

  private boolean isPassedOver(S3Upload upload) {
    String key = upload.key();
    if (upload.isLog()) {
      // Nothing is asked about it: in a bucket that logs into itself that would be one more log.
      LOG.infof("Passed over, as it is a log of AWS's: %s", shown(upload));
      return true;
    }
    if (upload.isReported() && !isInBucket(upload)) {
      // Such as the one with the results: an answer to it would be the next object there.
      LOG.infof("Passed over, as CloudTrail reports it of another bucket: %s", shown(upload));
      return true;
    }
    boolean passedOver =
        upload.makesNothing()
            || (upload.isUpload()
                && (key.endsWith("/")
                    || upload.isSidecar()
                    || !key.startsWith(config.backupPrefix().orElse(""))));
    if (passedOver) {
      LOG.infof("Passed over, as it is no upload of a backup: %s", shown(upload));
    }
    return passedOver;
  }

  private boolean isInBucket(S3Upload upload) {
    return config.backupBucket().filter(upload.bucket()::equals).isPresent();
  }

  private static String shown(S3Upload upload) {
    return "s3://%s/%s"
        .formatted(
            Texts.first(upload.bucket(), LONGEST_NAME), Texts.first(upload.key(), LONGEST_NAME));
  }

  private MigrationResult migrate(S3Upload upload, Delivery delivery) {
    StoredBackup object;
    try {
      object = object(upload);
    } catch (InvalidInputException e) {
      return refusals.refuse(delivery, upload.number(), e);
    }
    return migrator.migrateUploaded(
        delivery
            .withRequestedBy(upload.requestedBy())
            .withUpload(Optional.of(new Upload(object, upload.time(), upload.sequencer()))));
  }

  /**
   * @throws InvalidInputException if there can be no such object, or it is in another bucket
   */
  private StoredBackup object(S3Upload upload) {
    StoredBackup object = upload.object();
    if (!isInBucket(upload)) {
      throw new InvalidInputException(
          "backup.bucket",
          "is not the bucket that this function works for: " + object.reference(),
          "Upload to that bucket, or correct FERRY_BACKUP_BUCKET.");
    }
    return object;
  }
}
