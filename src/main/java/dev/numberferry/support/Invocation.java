package dev.numberferry.support;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * The invocation that is at work. All that it does has one time, which begins when its event is
 * read: Lambda ends the process when that is over, however many messages or records the event has.
 *
 * <p>The thread that reads an event also hands it to the function, so that each thread has its own.
 */
@ApplicationScoped
public class Invocation {

  private final Machine machine;
  private final ThreadLocal<Long> begunAt = new ThreadLocal<>();

  public Invocation(Machine machine) {
    this.machine = machine;
  }

  /** An event is about to be read on this thread. */
  public void begin() {
    begunAt.set(machine.nanos());
  }

  /** So long after the event was read; from now on where this thread has read none. */
  public Deadline deadline(Duration time) {
    Long begun = begunAt.get();
    return new Deadline(machine::nanos, (begun == null ? machine.nanos() : begun) + time.toNanos());
  }
}
