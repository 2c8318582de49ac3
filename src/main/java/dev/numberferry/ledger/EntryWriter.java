package dev.numberferry.ledger;

import dev.numberferry.domain.StoreException;
import dev.numberferry.support.Deadline;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Changes entries, whatever others write meanwhile. */
@ApplicationScoped
class EntryWriter {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

  private final LedgerTable table;

  EntryWriter(LedgerTable table) {
    this.table = table;
  }

  /**
   * Makes a change over the entry as it is known, and where another writer was faster, over the
   * entry as it is read again.
   */
  LedgerSnapshot change(LedgerSnapshot known, int tries, UnaryOperator<LedgerEntry> change) {
    LedgerSnapshot snapshot = known;
    for (int i = 0; i < tries; i++) {
      LedgerEntry next = change.apply(snapshot.entry());
      if (next.equals(snapshot.entry())) {
        return snapshot;
      }
      Optional<LedgerSnapshot> written = table.write(snapshot, next);
      if (written.isPresent()) {
        return written.get();
      }
      snapshot = table.read(known.entry().number());
    }
    throw contended(known);
  }

  /** Tries with growing pauses, and jitter, so that writers who met once do not meet again. */
  static <T> T untilItWorks(Deadline deadline, Supplier<T> call) {
    AtomicReference<StoreException> last = new AtomicReference<>();
    try {
      return Uni.createFrom()
          .item(call)
          .onFailure(StoreException.class)
          .invoke(e -> last.set((StoreException) e))
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

  static StoreException contended(LedgerSnapshot known) {
    return StoreException.contended("the ledger's entry of number " + known.entry().number());
  }
}
