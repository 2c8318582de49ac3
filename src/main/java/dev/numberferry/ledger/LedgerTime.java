package dev.numberferry.ledger;

import dev.numberferry.support.Durations;
import dev.numberferry.support.Machine;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The ledger's time as it was told, to which the time that has passed here since is added.
 *
 * @param machine this one
 * @param told by the ledger's own clock
 * @param heardAt by this machine's clock
 * @param heardNanos by this process's clock, which is never set
 */
record LedgerTime(Machine machine, Instant told, Instant heardAt, long heardNanos) {

  /** The ledger has just told its time. */
  static LedgerTime heard(Instant told, Machine machine) {
    return new LedgerTime(machine, told, machine.now(), machine.nanos());
  }

  /** To the millisecond: what is claimed, ended or counted at it is told to people. */
  Instant now() {
    return told.plus(elapsed()).truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * How long ago it was told. The longer of two measures: one clock stands still while a machine is
   * suspended, the other can be set.
   */
  private Duration elapsed() {
    Duration running = Duration.ofNanos(machine.nanos() - heardNanos);
    return Durations.longer(running, Duration.between(heardAt, machine.now()));
  }
}
