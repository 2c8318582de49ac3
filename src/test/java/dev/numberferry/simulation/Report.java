package dev.numberferry.simulation;

import java.time.Duration;

/**
 * What was looked at of a world, and what was found.
 *
 * @param counts how much was looked at, in words
 */
record Report(String world, String counts, Duration time, Findings findings) {

  @Override
  public String toString() {
    return "%s: %s, %.1f s".formatted(world, counts, time.toMillis() / 1_000.0);
  }
}
