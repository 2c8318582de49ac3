package dev.numberferry.migration;

import dev.numberferry.PhoneNumberId;
import dev.numberferry.backup.BackupSource.StoredBackup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** What is known of a run while it lasts. */
final class Run {

  private static final Logger LOG = Logger.getLogger(Run.class);

  private final String migrationId = UUID.randomUUID().toString();
  private final PhoneNumberId number;
  private final Clock clock;
  private final Instant startedAt;
  private StoredBackup backup;

  private Run(PhoneNumberId number, Clock clock) {
    this.number = number;
    this.clock = clock;
    this.startedAt = now();
  }

  /** Begins a run; its log lines carry the migration's id. */
  static Run begin(Optional<PhoneNumberId> number, Clock clock) {
    Run run = new Run(number.orElse(null), clock);
    MDC.put("migrationId", run.migrationId);
    LOG.infof("Migration %s of number %s", run.migrationId, run.number);
    return run;
  }

  void readFrom(StoredBackup object) {
    this.backup = object;
  }

  MigrationResult end(Ending ending) {
    Instant finishedAt = now();
    return new MigrationResult(
        MigrationResult.SCHEMA_VERSION,
        migrationId,
        number,
        ending.status(),
        ending.error(),
        ending.nextStep(),
        backup,
        startedAt,
        finishedAt,
        Duration.between(startedAt, finishedAt).toMillis());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
