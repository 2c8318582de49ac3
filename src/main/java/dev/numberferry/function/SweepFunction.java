package dev.numberferry.function;

import dev.numberferry.domain.FunctionNames;
import dev.numberferry.event.Payload;
import dev.numberferry.migration.Sweep;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** The way in for the schedule: finishes what other runs have left behind. */
public class SweepFunction {

  private final Sweep sweep;

  SweepFunction(Sweep sweep) {
    this.sweep = sweep;
  }

  /** The answer to the schedule: how many numbers were due. */
  @RegisterForReflection
  public record Swept(int numbers) {}

  /**
   * @param schedule whatever the schedule sends; it is not read
   */
  @Funq(FunctionNames.SWEEP)
  public Swept sweep(Payload schedule) {
    return Failures.logged(() -> new Swept(sweep.run()));
  }
}
