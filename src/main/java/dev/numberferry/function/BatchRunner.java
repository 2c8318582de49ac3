package dev.numberferry.function;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Handles what came in one event: one that fails keeps none of the others from being handled. */
final class BatchRunner {

  private static final Logger LOG = Logger.getLogger(BatchRunner.class);

  private BatchRunner() {}

  /**
   * @throws RuntimeException the first failure, after all were handled
   */
  static <T, R> List<R> of(List<T> parts, Function<T, R> handler) {
    List<R> done = new ArrayList<>();
    List<RuntimeException> failures = new ArrayList<>();
    for (T part : parts) {
      try {
        done.add(handler.apply(part));
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      if (parts.size() > 1) {
        LOG.warnf("Of %s parts of one event %s failed", parts.size(), failures.size());
      }
      throw failures.get(0);
    }
    return done;
  }
}
