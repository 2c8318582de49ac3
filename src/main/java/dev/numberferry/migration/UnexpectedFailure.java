package dev.numberferry.migration;

import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.StoreException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What nobody has foreseen ends a run with a result as well. Its text stays here, as it may quote a
 * secret; its class and where it came from tell what happened.
 */
final class UnexpectedFailure {

  private static final Logger LOG = Logger.getLogger(UnexpectedFailure.class);

  private UnexpectedFailure() {}

  /** How a run ends whose call was never made, whether somebody has foreseen the reason or not. */
  static Outcome beforeTheCall(Throwable thrown) {
    if (thrown instanceof InvalidInputException input) {
      return Outcome.invalid(input);
    }
    if (thrown instanceof StoreException store) {
      return Outcome.notSent(store);
    }
    return Outcome.notSent(
        error(thrown),
        "Nothing was sent: send the same event again, and report the log lines of this migration if"
            + " it ends like this once more.");
  }

  static Outcome afterTheCall(Throwable thrown) {
    return Outcome.unknown(
        error(thrown),
        "register may have been called, and the old deployment may be down: "
            + Reconciler.WAIT_AND_LOOK);
  }

  /** Why a step failed: in its own words where somebody has foreseen that. */
  static @Nullable String words(Throwable thrown) {
    if (thrown instanceof UnfinishedException unfinished) {
      // Its run has told its result.
      return unfinished.errorType();
    }
    return thrown instanceof StoreException ? thrown.getMessage() : error(thrown).message();
  }

  /** The words for it, after they were logged. */
  static ErrorDetails error(Throwable thrown) {
    StackTraceElement[] stack = thrown.getStackTrace();
    LOG.errorf(
        "Unexpected: %s at %s", thrown.getClass().getName(), stack.length == 0 ? "?" : stack[0]);
    return ErrorDetails.of(
        "an unexpected error stopped the run: " + thrown.getClass().getSimpleName());
  }
}
