package dev.numberferry.ledger;

import dev.numberferry.support.Durations;
import java.time.Duration;
import java.time.Instant;

/**
 * The ledger's time as it was told, to which the time that has passed here since is added.
 *
 * @param told by the ledger's own clock
 * @param heardAt by this machine's clock
 * @param heardNanos by this process's clock, which is never set
 */
record LedgerTime(Instant told, Instant heardAt, long heardNanos) {

  /** The ledger has just told its time. */
  static LedgerTime heard(Instant told) {
    return new LedgerTime(told, Instant.now(), System.nanoTime());
  }

  Instant now() {
    return told.plus(elapsed());
  }

  /**
   * How long ago it was told. The longer of two measures: one clock stands still while a machine is
   * suspended, the other can be set.
   */
  private Duration elapsed() {
    Duration running = Duration.ofNanos(System.nanoTime() - heardNanos);
    return Durations.longer(running, Duration.between(heardAt, Instant.now()));
  }
}
