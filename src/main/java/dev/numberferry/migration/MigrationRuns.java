package dev.numberferry.migration;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.support.Deadline;
import dev.numberferry.support.Invocation;
import dev.numberferry.support.Machine;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Starts runs. */
@ApplicationScoped
class MigrationRuns {

  private final FerryConfig config;
  private final Machine machine;
  private final Invocation invocation;

  MigrationRuns(FerryConfig config, Machine machine, Invocation invocation) {
    this.config = config;
    this.machine = machine;
    this.invocation = invocation;
  }

  MigrationRun start(Delivery delivery) {
    return new MigrationRun(machine, machine.newId(), delivery, machine.now(), deadline());
  }

  /** Until when every run of this invocation may work. */
  Deadline deadline() {
    return invocation.deadline(config.workTime());
  }

  /** Takes up what another process has begun. */
  MigrationRun resume(Attempt attempt, PhoneNumberId number) {
    Delivery delivery = Delivery.of(attempt.trigger()).withUpload(attempt.upload());
    MigrationRun run =
        new MigrationRun(
            machine, attempt.migrationId(), delivery, attempt.claimedAt(), Deadline.OVER);
    run.isAbout(number);
    run.readFrom(Optional.ofNullable(attempt.backup()));
    return run;
  }
}
