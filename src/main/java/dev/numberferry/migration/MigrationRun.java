package dev.numberferry.migration;

import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.MigrationResultBuilder;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Retry;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.Upload;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.AttemptBuilder;
import dev.numberferry.support.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** A run while it lasts, and what is known of it. Its log lines carry the migration's id. */
final class MigrationRun implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(MigrationRun.class);
  private static final Set<Status> RETRYABLE = Set.of(Status.REJECTED, Status.UNKNOWN);

  private final MigrationResultBuilder known;
  private final Delivery delivery;
  private final Deadline deadline;
  private final long startedNanos = System.nanoTime();
  private final LogContext logContext;

  /**
   * @param deadline until when the ledger may be asked; there is time for publishing after it
   */
  MigrationRun(String migrationId, Delivery delivery, Instant startedAt, Deadline deadline) {
    this.delivery = delivery;
    this.deadline = deadline;
    this.known =
        MigrationResultBuilder.builder()
            .schemaVersion(MigrationResult.SCHEMA_VERSION)
            .migrationId(migrationId)
            .startedAt(startedAt.truncatedTo(ChronoUnit.MILLIS));
    this.logContext = LogContext.of(migrationId);
  }

  /** Says which number it is about, as soon as that is known. */
  void isAbout(PhoneNumberId number) {
    known.phoneNumberId(number);
    LOG.infof("Migration %s of number %s", known.migrationId(), number);
  }

  void readFrom(Optional<StoredBackup> object) {
    known.backup(object.orElse(null));
  }

  Delivery delivery() {
    return delivery;
  }

  Deadline deadline() {
    return deadline;
  }

  /** The attempt that this run is to be, as it is claimed. */
  Attempt attempt(Inputs inputs) {
    return AttemptBuilder.builder()
        .migrationId(known.migrationId())
        .key(inputs.key())
        .backup(inputs.backup().object().orElse(null))
        .trigger(delivery.trigger())
        .requestedBy(delivery.requestedBy().orElse(null))
        .eventTime(delivery.upload().map(Upload::time).orElse(null))
        .sequencer(delivery.upload().map(Upload::sequencer).orElse(null))
        .build();
  }

  /** The result of this run, which ends now and was no attempt. */
  MigrationResult end(Outcome outcome) {
    Duration lasted = Duration.ofNanos(System.nanoTime() - startedNanos);
    return end(outcome, known.startedAt().plus(lasted));
  }

  /** The result of this run, which ends now and has claimed the number. */
  MigrationResult endAttempt(Outcome outcome) {
    return end(ofAttempt(outcome));
  }

  /**
   * The same at a given time.
   *
   * @param finishedAt by the clock by which it was started
   */
  MigrationResult endAttempt(Outcome outcome, Instant finishedAt) {
    return end(ofAttempt(outcome), finishedAt);
  }

  /** Whether this is how an attempt can end that one more may follow. */
  static boolean isRetryable(Outcome outcome) {
    return RETRYABLE.contains(outcome.status());
  }

  private Outcome ofAttempt(Outcome outcome) {
    Outcome harmful = outcome.withHarm(outcome.harmDone().orElse(null));
    return isRetryable(outcome)
        ? harmful.withRetry(Retry.after(known.migrationId() + "/" + outcome.status()))
        : harmful;
  }

  private MigrationResult end(Outcome outcome, Instant finishedAt) {
    Instant finished = finishedAt.truncatedTo(ChronoUnit.MILLIS);
    return known
        .outcome(shown(outcome))
        .finishedAt(finished)
        .durationMs(Duration.between(known.startedAt(), finished).toMillis())
        .build();
  }

  private Outcome shown(Outcome outcome) {
    return delivery
        .upload()
        .map(it -> Optional.ofNullable(known.backup()).orElse(it.object()))
        .map(object -> RetryEvent.shownIn(outcome, known.phoneNumberId(), object))
        .orElse(outcome);
  }

  @Override
  public void close() {
    logContext.close();
  }
}
