package dev.numberferry.ledger;

import dev.numberferry.domain.StoreException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Changes entries, whatever others write meanwhile. */
@ApplicationScoped
class EntryWriter {

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

  static StoreException contended(LedgerSnapshot known) {
    return StoreException.contended("the ledger's entry of number " + known.entry().number());
  }
}
