package dev.numberferry.migration;

import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.MigrationResultBuilder;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Upload;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.AttemptBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.MDC;

/**
 * A run while it lasts. Its log lines carry the migration's id, and those of whoever was at work
 * before it carry theirs again when it is closed.
 */
final class MigrationRun implements AutoCloseable {

  private static final String ID = "migrationId";

  private final MigrationResultBuilder known;
  private final String migrationId;
  private final long startedNanos = System.nanoTime();
  private final Object outerId;

  private MigrationRun(String migrationId, Optional<PhoneNumberId> number, Instant startedAt) {
    this.migrationId = migrationId;
    this.known =
        MigrationResultBuilder.builder()
            .schemaVersion(MigrationResult.SCHEMA_VERSION)
            .migrationId(migrationId)
            .phoneNumberId(number.orElse(null))
            .startedAt(startedAt.truncatedTo(ChronoUnit.MILLIS));
    this.outerId = MDC.get(ID);
    MDC.put(ID, migrationId);
  }

  static MigrationRun start(Optional<PhoneNumberId> number, Clock clock) {
    return new MigrationRun(UUID.randomUUID().toString(), number, clock.instant());
  }

  /** Takes up what another process has begun. */
  static MigrationRun resume(Attempt attempt, PhoneNumberId number) {
    MigrationRun run =
        new MigrationRun(attempt.migrationId(), Optional.of(number), attempt.claimedAt());
    run.readFrom(Optional.ofNullable(attempt.backup()));
    return run;
  }

  String migrationId() {
    return migrationId;
  }

  void readFrom(Optional<StoredBackup> object) {
    known.backup(object.orElse(null));
  }

  /** The attempt that this run is to be, as it is claimed. */
  Attempt attempt(MigrationRequest request, Inputs inputs) {
    Delivery delivery = request.delivery();
    return AttemptBuilder.builder()
        .migrationId(migrationId)
        .key(inputs.key())
        .backup(inputs.backup().object().orElse(null))
        .trigger(delivery.trigger())
        .requestedBy(delivery.requestedBy().orElse(null))
        .eventTime(delivery.upload().map(Upload::time).orElse(null))
        .sequencer(delivery.upload().map(Upload::sequencer).orElse(null))
        .build();
  }

  /** The result of this run, which ends now. */
  MigrationResult end(Outcome outcome) {
    Duration lasted = Duration.ofNanos(System.nanoTime() - startedNanos);
    return end(outcome, known.startedAt().plus(lasted));
  }

  /**
   * @param finishedAt by the clock by which it was started
   */
  MigrationResult end(Outcome outcome, Instant finishedAt) {
    Instant finished = finishedAt.truncatedTo(ChronoUnit.MILLIS);
    return known
        .outcome(outcome)
        .finishedAt(finished)
        .durationMs(Duration.between(known.startedAt(), finished).toMillis())
        .build();
  }

  @Override
  public void close() {
    if (outerId == null) {
      MDC.remove(ID);
    } else {
      MDC.put(ID, outerId);
    }
  }
}
