package dev.numberferry.function;

import java.util.function.IntConsumer;
import org.jboss.logging.Logger;

/**
 * Ends the process with the thread that takes events from Lambda. Quarkus catches exceptions there
 * and no errors: where memory runs out while an event is read or an answer written, the thread
 * dies, and a process that lived on would never take the events that Lambda hands it. After its end
 * Lambda starts a new one. What a run catches itself does not get here.
 */
final class PollThreadDeath implements Thread.UncaughtExceptionHandler {

  private static final Logger LOG = Logger.getLogger(PollThreadDeath.class);
  private static final int EXIT_CODE = 1;

  private final IntConsumer end;

  /**
   * @param end ends the process with an exit code, at once: what is to be done before the end of a
   *     process may need memory
   */
  PollThreadDeath(IntConsumer end) {
    this.end = end;
  }

  /** Its text may quote the event. */
  @Override
  public void uncaughtException(Thread thread, Throwable thrown) {
    try {
      LOG.errorf(
          "The process ends, as the thread that takes events has died: %s",
          thrown.getClass().getName());
    } finally {
      end.accept(EXIT_CODE);
    }
  }
}
