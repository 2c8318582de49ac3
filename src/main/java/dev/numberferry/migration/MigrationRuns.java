package dev.numberferry.migration;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.metrics.WideLines;
import dev.numberferry.support.Deadline;
import dev.numberferry.support.Invocation;
import dev.numberferry.support.Machine;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Function;

/** Makes runs. */
@ApplicationScoped
class MigrationRuns {

  private final FerryConfig config;
  private final Machine machine;
  private final Invocation invocation;
  private final WideLines lines;

  MigrationRuns(FerryConfig config, Machine machine, Invocation invocation, WideLines lines) {
    this.config = config;
    this.machine = machine;
    this.invocation = invocation;
    this.lines = lines;
  }

  /**
   * Makes a run of what an event asks for.
   *
   * @param work how it ends; where it throws, the queue's message that brought it comes again
   */
  MigrationResult run(Delivery delivery, Function<MigrationRun, MigrationResult> work) {
    try (MigrationRun run = start(delivery)) {
      try {
        return work.apply(run);
      } catch (RuntimeException | OutOfMemoryError e) {
        delivery.message().ifPresent(run.report()::comesAgain);
        throw e;
      }
    }
  }

  MigrationRun start(Delivery delivery) {
    String id = machine.newId();
    return new MigrationRun(
        report(id, delivery.trigger().word()), id, delivery, machine.now(), deadline());
  }

  /**
   * @param trigger which way came in what the report is about
   */
  RunReport report(String migrationId, String trigger) {
    return new RunReport(migrationId, trigger, lines, machine);
  }

  /** Until when every run of this invocation may work. */
  Deadline deadline() {
    return invocation.deadline(config.workTime());
  }

  /**
   * Takes up what another process has begun; who publishes its end tells of it.
   *
   * @param by which way came in what takes it up
   */
  MigrationRun resume(Attempt attempt, PhoneNumberId number, String by) {
    Delivery delivery = Delivery.of(attempt.trigger()).withUpload(attempt.upload());
    MigrationRun run =
        new MigrationRun(
            report(attempt.migrationId(), by),
            attempt.migrationId(),
            delivery,
            attempt.claimedAt(),
            Deadline.OVER);
    run.isToldByOthers();
    run.isAbout(number);
    run.readFrom(Optional.ofNullable(attempt.backup()));
    return run;
  }
}
