package dev.numberferry.function;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Handles what came in one event: one that fails keeps none of the others from being handled. Only
 * where the invocation has no time left are the others not begun.
 */
final class BatchRunner {

  private static final Logger LOG = Logger.getLogger(BatchRunner.class);

  private BatchRunner() {}

  /**
   * @param hasTime whether there is the time for one more part
   * @throws NotBegunException if there was none, and nothing failed before
   * @throws RuntimeException the first failure, after all were handled that could be
   */
  static <T, R> List<R> of(List<T> parts, BooleanSupplier hasTime, Function<T, R> handler) {
    List<R> done = new ArrayList<>();
    List<RuntimeException> failures = new ArrayList<>();
    for (T part : parts) {
      if (!hasTime.getAsBoolean()) {
        int left = parts.size() - done.size() - failures.size();
        failures.add(new NotBegunException(left, parts.size()));
        break;
      }
      try {
        done.add(handler.apply(part));
      } catch (RuntimeException e) {
        // Only the first failure is handed on.
        failures.add(Failures.told(e));
      }
    }
    if (!failures.isEmpty()) {
      if (parts.size() > 1) {
        LOG.warnf("Of %s parts of one event %s were done", parts.size(), done.size());
      }
      throw failures.get(0);
    }
    return done;
  }
}
