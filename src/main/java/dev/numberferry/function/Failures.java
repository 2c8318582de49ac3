package dev.numberferry.function;

import dev.numberferry.domain.StoreException;
import dev.numberferry.migration.Sweep.SweepFailedException;
import dev.numberferry.migration.UnfinishedException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Logs why an invocation fails, in one line. Quarkus' own line about it is switched off: it has the
 * whole result in it, and a stack, at ERROR for a wait that is by design.
 */
final class Failures {

  private static final Logger LOG = Logger.getLogger(Failures.class);

  private Failures() {}

  /** What a function does; a run that ended badly has told that itself. */
  static <T> T logged(Supplier<T> function) {
    try {
      return function.get();
    } catch (FailedInvocation e) {
      e.untold().ifPresent(level -> LOG.log(level, e.toString()));
      throw e;
    } catch (SweepFailedException | StoreException e) {
      LOG.error(e.getMessage());
      throw e;
    } catch (RuntimeException e) {
      throw told(e);
    } catch (Error e) {
      // Funqy makes an exception of it, which Quarkus would catch in silence.
      log(e);
      throw e;
    }
  }

  /**
   * What nobody has foreseen, after it was logged: its text may quote the event. What somebody has
   * stays as it is.
   */
  static RuntimeException told(RuntimeException failure) {
    if (failure instanceof UnfinishedException
        || failure instanceof NotBegunException
        || failure instanceof FailedInvocation) {
      return failure;
    }
    log(failure);
    return FailedInvocation.unexpected(failure);
  }

  private static void log(Throwable failure) {
    StackTraceElement[] stack = failure.getStackTrace();
    LOG.errorf(
        "Unexpected: %s at %s", failure.getClass().getName(), stack.length == 0 ? "?" : stack[0]);
  }
}
