package dev.numberferry.support;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Does while Lambda starts the process what the first event would wait for otherwise: a process
 * that starts gets more CPU than a small function has afterwards. It ends before the first event is
 * asked for, whatever is denied, broken or silent.
 */
@ApplicationScoped
class Priming {

  static final Duration LIMIT = Duration.ofMillis(900);

  private static final Logger LOG = Logger.getLogger(Priming.class);

  private final List<Primer> primers;

  @Inject
  Priming(
      @All List<Primer> primers,
      @ConfigProperty(name = "quarkus.funqy.export") Optional<String> function) {
    this(primers.stream().filter(it -> it.isFor(function.orElse(""))).toList());
  }

  Priming(List<Primer> primers) {
    this.primers = primers;
  }

  /** After the settings were checked. Lambda's poll loop waits for it. */
  void onStart(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent start) {
    ExecutorService threads = Executors.newFixedThreadPool(primers.size(), Priming::daemon);
    try {
      threads.invokeAll(
          primers.stream().map(Priming::task).toList(), LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.infof("Not all is ready before the first event: %s", e.getClass().getName());
    } finally {
      threads.shutdownNow();
    }
    // What starting has left is collected now, and not in the middle of the first event.
    System.gc();
  }

  private static Callable<Void> task(Primer primer) {
    return () -> {
      primer.prime();
      return null;
    };
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "priming");
    thread.setDaemon(true);
    return thread;
  }
}
