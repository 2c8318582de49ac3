package dev.numberferry.ledger;

import dev.numberferry.domain.BrakeState;
import java.time.Duration;
import java.time.Instant;

/**
 * A number's entry as it was read or written, and the ledger's time at that moment. Runs on
 * machines whose clocks differ agree on the ledger's clock. Times of uploads that are ahead of it
 * are none, and stay none when the entry is written again.
 */
public final class LedgerSnapshot {

  private final LedgerEntry entry;
  private final long revision;
  private final BrakeState brake;
  private final LedgerTime time;

  /**
   * @param revision a write succeeds only over this one; 0 where there is no entry yet
   * @param brake the brake over all numbers, as it was read with the entry
   * @param time the ledger's
   */
  LedgerSnapshot(LedgerEntry entry, long revision, BrakeState brake, LedgerTime time) {
    this.entry = entry.believedAt(time.now());
    this.revision = revision;
    this.brake = brake;
    this.time = time;
  }

  /** The entry as it stands after it was written over this one. */
  LedgerSnapshot written(LedgerEntry next) {
    return new LedgerSnapshot(next, revision + 1, brake, time);
  }

  public LedgerEntry entry() {
    return entry;
  }

  long revision() {
    return revision;
  }

  /** The brake over all numbers. */
  public BrakeState brake() {
    return brake;
  }

  /** The ledger's time now. */
  public Instant now() {
    return time.now();
  }

  /** How old something is whose time the ledger's clock told. */
  public Duration age(Instant at) {
    return Duration.between(at, now());
  }
}
