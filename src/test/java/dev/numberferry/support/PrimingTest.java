package dev.numberferry.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.StartupEvent;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PrimingTest {

  private final AtomicInteger primed = new AtomicInteger();

  @Test
  void whatCannotBePrimedHindersNothing() {
    prime(
        () -> {
          throw new IllegalStateException("denied");
        },
        primed::incrementAndGet,
        () -> {
          throw new StackOverflowError();
        },
        primed::incrementAndGet);

    assertThat(primed).hasValue(2);
  }

  @Test
  void whatIsSilentIsEndedBeforeTheFirstEventIsAskedFor() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);

    prime(
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
        },
        primed::incrementAndGet);

    assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(primed).hasValue(1);
  }

  @Test
  void itTakesASecondAtMost() {
    assertThat(Priming.LIMIT).isLessThan(java.time.Duration.ofSeconds(1));
  }

  private static void prime(Primer... primers) {
    new Priming(List.of(primers)).onStart(new StartupEvent());
  }
}
