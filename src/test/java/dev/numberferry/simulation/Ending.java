package dev.numberferry.simulation;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a world comes to rest when nobody is at work any more: sweeps run until nothing is due, what
 * failed is delivered again.
 */
final class Ending {

  /**
   * Between the sweeps: an unknown outcome is looked at for two hours, and more and more rarely.
   */
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(100),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(40),
          Duration.ofMinutes(90));

  private final World world;
  private final Source sweeps;
  private final Set<State> seen = new HashSet<>();

  Ending(World world) {
    this.world = world;
    this.sweeps = world.sweeps();
  }

  /**
   * @return how it is then
   * @throws Violation if something does not hold then that has to
   */
  Outside of(State state) {
    Outside outside = state.outside();
    if (seen.add(state)) {
      outside = swept(outside, 1);
      for (int i = 0; i < state.processes().size(); i++) {
        if (state.processes().get(i).hasFailed()) {
          Source source = world.sources().get(i);
          outside = alone(outside, source.delivery(state.deliveries().get(i) + 1));
        }
      }
      outside = swept(outside, 1 + PAUSES.size());
      Invariants.holdInTheEnd(outside);
    }
    return outside;
  }

  /**
   * @param number of the first sweep: each is another process
   */
  private Outside swept(Outside before, int number) {
    Outside outside = before;
    for (int i = 0; i < PAUSES.size(); i++) {
      outside = alone(outside.later(PAUSES.get(i)), sweeps.delivery(number + i));
      if (outside.table().due().isEmpty()) {
        break;
      }
    }
    return outside;
  }

  /** A process that has the world for itself, and no fault. */
  private Outside alone(Outside before, Process starting) {
    Outside outside = before;
    Process process = starting;
    while (!process.hasEnded()) {
      Map.Entry<String, Call> next = process.waiting().entrySet().iterator().next();
      Call.Done done = next.getValue().on(outside);
      Invariants.hold(process, outside, done.outside());
      outside = done.outside();
      Heard heard = new Heard(done.answer(), outside.now());
      process = process.told(next.getKey(), heard, world.sure(0));
      if (process.end().isPresent()) {
        Invariants.ended(process, outside, process.end().get());
      }
    }
    return outside;
  }
}
