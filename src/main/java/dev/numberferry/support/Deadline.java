package dev.numberferry.support;

import java.time.Duration;

/**
 * By when something has to be over. It is measured by the machine's monotonic clock, so that
 * setting the time changes nothing.
 */
public final class Deadline {

  private final long atNanos;

  private Deadline(long atNanos) {
    this.atNanos = atNanos;
  }

  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** The same, so much earlier. */
  public Deadline minus(Duration time) {
    return new Deadline(atNanos - time.toNanos());
  }

  /** How much time is left; negative where there is none. */
  public Duration left() {
    return Duration.ofNanos(atNanos - System.nanoTime());
  }

  public boolean isOver() {
    return atNanos - System.nanoTime() <= 0;
  }
}
