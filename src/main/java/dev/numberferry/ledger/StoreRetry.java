package dev.numberferry.ledger;

import dev.numberferry.domain.StoreException;
import dev.numberferry.support.Deadline;
import dev.numberferry.support.Durations;
import dev.numberferry.support.Machine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Makes a call of the ledger again where it fails: with growing pauses, and jitter, so that writers
 * who met once do not meet again.
 */
@ApplicationScoped
class StoreRetry {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

  private final Machine machine;

  StoreRetry(Machine machine) {
    this.machine = machine;
  }

  /**
   * @param deadline until when it is tried; at least once
   * @throws StoreException the last one, where it did not work in time
   */
  <T> T untilItWorks(Deadline deadline, Supplier<T> call) {
    Duration longest = FIRST_PAUSE;
    while (true) {
      try {
        return call.get();
      } catch (StoreException e) {
        Duration pause = jittered(longest);
        if (deadline.minus(pause).isOver() || !machine.pause(pause)) {
          throw e;
        }
        longest = Durations.shorter(LONGEST_PAUSE, longest.multipliedBy(2));
      }
    }
  }

  /** Half of it at least. */
  private Duration jittered(Duration longest) {
    return longest.multipliedBy(50 + machine.random().nextInt(51)).dividedBy(100);
  }
}
