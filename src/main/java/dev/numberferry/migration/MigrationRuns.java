package dev.numberferry.migration;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.support.Deadline;
import dev.numberferry.support.Invocation;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Starts runs. */
@ApplicationScoped
class MigrationRuns {

  private final FerryConfig config;
  private final Clock clock;
  private final Invocation invocation;

  MigrationRuns(FerryConfig config, Clock clock, Invocation invocation) {
    this.config = config;
    this.clock = clock;
    this.invocation = invocation;
  }

  MigrationRun start(Delivery delivery) {
    return new MigrationRun(UUID.randomUUID().toString(), delivery, clock.instant(), deadline());
  }

  /** Until when every run of this invocation may work. */
  Deadline deadline() {
    return invocation.deadline(config.workTime());
  }

  /** Takes up what another process has begun. */
  static MigrationRun resume(Attempt attempt, PhoneNumberId number) {
    Delivery delivery = Delivery.of(attempt.trigger()).withUpload(attempt.upload());
    MigrationRun run =
        new MigrationRun(
            attempt.migrationId(), delivery, attempt.claimedAt(), Deadline.in(Duration.ZERO));
    run.isAbout(number);
    run.readFrom(Optional.ofNullable(attempt.backup()));
    return run;
  }
}
