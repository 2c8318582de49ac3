package dev.numberferry.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;

/** What a call throws is thrown where somebody waits for it, and as what it is. */
class ParallelTest {

  private final Parallel parallel = new Parallel(Runnable::run);

  @Test
  void bringsWhatTheCallBrings() {
    assertThat(parallel.start(() -> "it").get()).isEqualTo("it");
  }

  @Test
  void anExceptionStaysOne() {
    IllegalStateException thrown = new IllegalStateException();

    assertThatThrownBy(failing(thrown)::get).isSameAs(thrown);
  }

  /** The nets around a run let every Error through but that of the memory. */
  @Test
  void anErrorStaysOne() {
    OutOfMemoryError thrown = new OutOfMemoryError();

    assertThatThrownBy(failing(thrown)::get).isSameAs(thrown);
  }

  /** A thread of the pool bears what its maker bore, or whoever it worked for last. */
  @Test
  void theLinesOfACallAreThoseOfWhoeverStartedIt() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      pool.submit(() -> MDC.put("migrationId", "another")).get();
      Supplier<Object> call;
      try (LogContext context = LogContext.ofMigration("mine", "direct")) {
        call = new Parallel(pool).start(() -> MDC.getMap());
      }

      assertThat(call.get()).isEqualTo(Map.of("migrationId", "mine", "trigger", "direct"));
      assertThat(pool.submit(MDC::getMap).get()).isEqualTo(Map.of("migrationId", "another"));
      assertThat(MDC.getMap()).isEmpty();
    } finally {
      pool.shutdown();
    }
  }

  private Supplier<Object> failing(Throwable thrown) {
    return parallel.start(
        (Supplier<Object>)
            () -> {
              throw ParallelTest.<RuntimeException>asIs(thrown);
            });
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException asIs(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
