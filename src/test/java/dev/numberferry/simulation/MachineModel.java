package dev.numberferry.simulation;

import dev.numberferry.simulation.Call.Done;
import dev.numberferry.simulation.Call.Service;
import dev.numberferry.simulation.Remote.NoAnswer;
import dev.numberferry.support.Machine;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;

/** The machine of a process: its clocks go as the simulation says, and its dice fall alike. */
final class MachineModel extends Machine {

  private final Run run;

  MachineModel(Run run) {
    this.run = run;
  }

  @Override
  public Instant now() {
    return run.now();
  }

  @Override
  public long nanos() {
    return Duration.between(Outside.BEGIN, run.now()).toNanos();
  }

  /** Pauses of less than a second take none: each would make another world of what comes after. */
  @Override
  public boolean pause(Duration time) {
    Duration taken = time.truncatedTo(ChronoUnit.SECONDS);
    Instant over = run.now().plus(taken);
    try {
      run.ask(
          Call.of(
              taken.isZero() ? Service.MACHINE : Service.CLOCK,
              "waits for " + time,
              it -> Done.of(it.now().isBefore(over) ? it.withNow(over) : it, true)));
      return true;
    } catch (NoAnswer e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public String newId() {
    return run.newId();
  }

  @Override
  public Random random() {
    return new Random(0);
  }

  /** Other processes make other PINs. */
  @Override
  public Random unguessable() {
    return new Random(run.process().hashCode());
  }
}
