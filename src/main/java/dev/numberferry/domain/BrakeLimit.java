package dev.numberferry.domain;

import java.time.Duration;
import java.time.Instant;

/**
 * How many harms engage the brake.
 *
 * @param after so many; 0 where no number of them does
 * @param window within this time
 */
public record BrakeLimit(int after, Duration window) {

  boolean covers(CountedHarm harm, Instant now) {
    return harm.at().isAfter(now.minus(window));
  }

  boolean isReachedBy(int harms) {
    return after > 0 && harms >= after;
  }
}
