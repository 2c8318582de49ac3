package dev.numberferry.migration;

import dev.numberferry.PhoneNumberId;
import dev.numberferry.backup.BackupSource.StoredBackup;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.whatsapp.NumberState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** What is known of a run while it lasts; its log lines carry the migration's id. */
final class Run {

  private static final Logger LOG = Logger.getLogger(Run.class);

  private final String migrationId;
  private final PhoneNumberId number;
  private final Clock clock;
  private final Instant startedAt;
  private StoredBackup backup;

  private Run(String migrationId, PhoneNumberId number, Instant startedAt, Clock clock) {
    this.migrationId = migrationId;
    this.number = number;
    this.startedAt = startedAt.truncatedTo(ChronoUnit.MILLIS);
    this.clock = clock;
    MDC.put("migrationId", migrationId);
  }

  static Run begin(Optional<PhoneNumberId> number, Clock clock) {
    String migrationId = UUID.randomUUID().toString();
    Run run = new Run(migrationId, number.orElse(null), clock.instant(), clock);
    LOG.infof("Migration %s of number %s", migrationId, run.number);
    return run;
  }

  /** Takes up what another process has begun. */
  static Run resume(Attempt attempt, PhoneNumberId number, Clock clock) {
    Run run = new Run(attempt.migrationId(), number, attempt.claimedAt(), clock);
    run.readFrom(attempt.backup());
    return run;
  }

  String migrationId() {
    return migrationId;
  }

  PhoneNumberId number() {
    return number;
  }

  void readFrom(StoredBackup object) {
    this.backup = object;
  }

  MigrationResult end(Ending ending) {
    Instant finishedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    MigrationResult result =
        new MigrationResult(
            MigrationResult.SCHEMA_VERSION,
            migrationId,
            number,
            ending.status(),
            ending.reason(),
            ending.until(),
            ending.error(),
            ending.retryAfter(),
            ending.findings(),
            ending.nextStep(),
            ending.reconciled(),
            null,
            null,
            null,
            null,
            null,
            backup,
            startedAt,
            finishedAt,
            Math.max(0, Duration.between(startedAt, finishedAt).toMillis()));
    NumberState seen = ending.seen();
    return seen == null ? result : result.with(seen);
  }
}
