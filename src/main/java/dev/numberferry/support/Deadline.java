package dev.numberferry.support;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * By when something has to be over. It is measured by the machine's monotonic clock, so that
 * setting the time changes nothing.
 */
public final class Deadline {

  /** For what is tried once and not again. */
  public static final Deadline OVER = new Deadline(() -> 0, 0);

  private final LongSupplier nanos;
  private final long atNanos;

  /**
   * @param nanos the clock that it is measured by, as {@link Machine#nanos} is
   */
  Deadline(LongSupplier nanos, long atNanos) {
    this.nanos = nanos;
    this.atNanos = atNanos;
  }

  /** The same, so much earlier. */
  public Deadline minus(Duration time) {
    return new Deadline(nanos, atNanos - time.toNanos());
  }

  /** How much time is left; negative where there is none. */
  public Duration left() {
    return Duration.ofNanos(atNanos - nanos.getAsLong());
  }

  public boolean isOver() {
    return atNanos - nanos.getAsLong() <= 0;
  }
}
