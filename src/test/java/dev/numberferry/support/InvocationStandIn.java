package dev.numberferry.support;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** An invocation whose time passes only as a test says. */
public final class InvocationStandIn extends Invocation {

  private final AtomicLong nanos;

  public InvocationStandIn() {
    this(new AtomicLong());
  }

  private InvocationStandIn(AtomicLong nanos) {
    super(
        new Machine() {
          @Override
          public long nanos() {
            return nanos.get();
          }
        });
    this.nanos = nanos;
  }

  public void passes(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
