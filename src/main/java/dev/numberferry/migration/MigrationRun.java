package dev.numberferry.migration;

import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.NumberState;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.ledger.Attempt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** What is known of a run while it lasts; its log lines carry the migration's id. */
final class MigrationRun {

  private static final Logger LOG = Logger.getLogger(MigrationRun.class);

  private final String migrationId;
  private final PhoneNumberId number;
  private final Clock clock;
  private final Instant startedAt;
  private StoredBackup backup;

  private MigrationRun(String migrationId, PhoneNumberId number, Instant startedAt, Clock clock) {
    this.migrationId = migrationId;
    this.number = number;
    this.startedAt = startedAt.truncatedTo(ChronoUnit.MILLIS);
    this.clock = clock;
    MDC.put("migrationId", migrationId);
  }

  static MigrationRun begin(Optional<PhoneNumberId> number, Clock clock) {
    String migrationId = UUID.randomUUID().toString();
    MigrationRun run = new MigrationRun(migrationId, number.orElse(null), clock.instant(), clock);
    LOG.infof("Migration %s of number %s", migrationId, run.number);
    return run;
  }

  /** Takes up what another process has begun. */
  static MigrationRun resume(Attempt attempt, PhoneNumberId number, Clock clock) {
    MigrationRun run = new MigrationRun(attempt.migrationId(), number, attempt.claimedAt(), clock);
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

  MigrationResult end(Outcome ending) {
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
