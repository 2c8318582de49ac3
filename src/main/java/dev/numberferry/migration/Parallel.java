package dev.numberferry.migration;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Runs remote calls side by side where none needs what another brings. Their log lines are those of
 * whoever started them.
 */
@ApplicationScoped
class Parallel {

  private final Executor executor;

  Parallel(Executor executor) {
    this.executor = executor;
  }

  void start(Runnable call) {
    Supplier<Boolean> logged =
        LogContext.handedOver(
            () -> {
              call.run();
              return true;
            });
    executor.execute(
        () -> {
          boolean unused = logged.get();
        });
  }

  /**
   * @return waits for what the call brings, and throws what it threw
   */
  <T> Supplier<T> start(Supplier<T> call) {
    CompletableFuture<T> future =
        CompletableFuture.supplyAsync(LogContext.handedOver(call), executor);
    return () -> join(future);
  }

  /**
   * Makes a call at once, on this thread.
   *
   * @return gives what the call brought, or throws what it threw
   */
  static <T> Supplier<T> done(Supplier<T> call) {
    CompletableFuture<T> future = new CompletableFuture<>();
    try {
      future.complete(call.get());
    } catch (RuntimeException e) {
      future.completeExceptionally(e);
    }
    return () -> join(future);
  }

  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }
}
