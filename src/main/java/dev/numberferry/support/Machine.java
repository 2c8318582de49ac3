package dev.numberferry.support;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The machine that a process runs on: its clocks, pauses, ids and chance. Nothing else asks for
 * them, so that whoever takes its place decides all that is not decided by what comes in.
 */
@ApplicationScoped
public class Machine {

  /** The time, by a clock that can be set. */
  public Instant now() {
    return Instant.now();
  }

  /** Nanoseconds by a clock that is never set, since a moment that means nothing. */
  public long nanos() {
    return System.nanoTime();
  }

  /** So long from now. */
  public Deadline deadline(Duration time) {
    return new Deadline(this::nanos, nanos() + time.toNanos());
  }

  /**
   * Waits.
   *
   * @return whether the time is over; else the thread was interrupted, and still is
   */
  public boolean pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** An id that nobody else has. */
  public String newId() {
    return UUID.randomUUID().toString();
  }

  /** Chance for what may be guessed. */
  public Random random() {
    return ThreadLocalRandom.current();
  }

  /** Chance for what nobody may guess. */
  public Random unguessable() {
    return new SecureRandom();
  }
}
