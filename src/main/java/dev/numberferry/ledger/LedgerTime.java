package dev.numberferry.ledger;

import java.time.Duration;
import java.time.Instant;

/**
 * The ledger's own clock. Runs on machines whose clocks differ agree on it; from one answer of the
 * ledger to the next, the time that has passed is added.
 */
public record LedgerTime(Instant told, long nanos) {

  static LedgerTime of(Instant told) {
    return new LedgerTime(told, System.nanoTime());
  }

  public Instant now() {
    return told.plus(elapsed());
  }

  /** How long ago the ledger told its time, whatever the machine's clock says. */
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
