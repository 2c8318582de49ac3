package dev.numberferry.ledger;

import dev.numberferry.domain.StoreException;
import dev.numberferry.support.Deadline;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Makes a call of the ledger again where it fails: with growing pauses, and jitter, so that writers
 * who met once do not meet again.
 */
final class StoreRetry {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

  private StoreRetry() {}

  /**
   * @param deadline until when it is tried; at least once
   * @throws StoreException the last one, where it did not work in time
   */
  static <T> T untilItWorks(Deadline deadline, Supplier<T> call) {
    AtomicReference<StoreException> last = new AtomicReference<>();
    try {
      return Uni.createFrom()
          .item(call)
          .onFailure(StoreException.class)
          .invoke(last::set)
          .onFailure(StoreException.class)
          .retry()
          .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
          .expireIn(Math.max(1, deadline.left().toMillis()))
          .await()
          .indefinitely();
    } catch (IllegalStateException e) {
      // There is no time for one more try.
      throw Optional.ofNullable(last.get()).orElseThrow(() -> e);
    }
  }
}
