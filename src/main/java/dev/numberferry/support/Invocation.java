package dev.numberferry.support;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The invocation that is at work. All that it does has one time, which begins when its event is
 * read: Lambda ends the process when that is over, however many messages or records the event has.
 *
 * <p>The thread that reads an event also hands it to the function, so that each thread has its own.
 */
@ApplicationScoped
public class Invocation {

  private final LongSupplier nanos;
  private final ThreadLocal<Long> begunAt = new ThreadLocal<>();

  public Invocation() {
    this(System::nanoTime);
  }

  Invocation(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** An event is about to be read on this thread. */
  public void begin() {
    begunAt.set(nanos.getAsLong());
  }

  /** So long after the event was read; from now on where this thread has read none. */
  public Deadline deadline(Duration time) {
    Long begun = begunAt.get();
    return new Deadline(nanos, (begun == null ? nanos.getAsLong() : begun) + time.toNanos());
  }
}
