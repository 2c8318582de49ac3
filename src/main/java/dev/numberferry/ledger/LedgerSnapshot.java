package dev.numberferry.ledger;

import dev.numberferry.domain.BrakeState;
import java.time.Duration;
import java.time.Instant;

/**
 * A number's entry as it was read or written, and the ledger's time at that moment. Runs on
 * machines whose clocks differ agree on the ledger's clock; from one answer of the ledger to the
 * next, the time that has passed here is added.
 */
public final class LedgerSnapshot {

  private final LedgerEntry entry;
  private final long revision;
  private final BrakeState brake;
  private final Instant told;
  private final Instant heardAt;
  private final long heardNanos;

  private LedgerSnapshot(
      LedgerEntry entry,
      long revision,
      BrakeState brake,
      Instant told,
      Instant heardAt,
      long heardNanos) {
    this.entry = entry;
    this.revision = revision;
    this.brake = brake;
    this.told = told;
    this.heardAt = heardAt;
    this.heardNanos = heardNanos;
  }

  /**
   * @param told the ledger's own time
   */
  static LedgerSnapshot heard(LedgerEntry entry, long revision, BrakeState brake, Instant told) {
    return new LedgerSnapshot(entry, revision, brake, told, Instant.now(), System.nanoTime());
  }

  /** The entry as it stands after it was written over this one. */
  LedgerSnapshot written(LedgerEntry next) {
    return new LedgerSnapshot(next, revision + 1, brake, told, heardAt, heardNanos);
  }

  public LedgerEntry entry() {
    return entry;
  }

  /** The brake over all numbers, as it was read with the entry. */
  public BrakeState brake() {
    return brake;
  }

  /** A write succeeds only over this revision; 0 where there is no entry yet. */
  long revision() {
    return revision;
  }

  /** The ledger's time now. */
  public Instant now() {
    return told.plus(elapsed());
  }

  /** How old something is whose time the ledger's clock told. */
  public Duration age(Instant time) {
    return Duration.between(time, now());
  }

  /**
   * How long ago the ledger's time was read. The longer of two measures: one clock stands still
   * while a machine is suspended, the other can be set.
   */
  private Duration elapsed() {
    Duration running = Duration.ofNanos(System.nanoTime() - heardNanos);
    Duration wall = Duration.between(heardAt, Instant.now());
    return running.compareTo(wall) > 0 ? running : wall;
  }
}
