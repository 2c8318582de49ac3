package dev.numberferry.ledger;

import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.StoreException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Changes entries so that no writer undoes what another has written. */
@ApplicationScoped
public class Book {

  private static final int TRIES = 10;

  private final Ledger ledger;

  Book(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * @throws StoreFailure if the ledger cannot be read
   */
  public LedgerSnapshot read(PhoneNumberId number) {
    return ledger.read(number);
  }

  /**
   * Writes on top of what was read, or not at all.
   *
   * @return the entry as it now stands, or nothing where somebody else has written since
   * @throws StoreFailure if it is not known whether it was written
   */
  public Optional<LedgerSnapshot> write(LedgerSnapshot read, LedgerEntry next) {
    return ledger.write(next, read.now())
        ? Optional.of(new LedgerSnapshot(next.written(), read.time()))
        : Optional.empty();
  }

  /**
   * Makes a change whatever others write: on top of what is known first, and then, if that is no
   * longer so, on top of what is read anew.
   *
   * @throws StoreFailure if it is not known whether it was made
   */
  public LedgerSnapshot change(LedgerSnapshot known, UnaryOperator<LedgerEntry> change) {
    LedgerSnapshot reading = known;
    for (int i = 0; i < TRIES; i++) {
      LedgerEntry next = change.apply(reading.entry());
      if (next.equals(reading.entry())) {
        return reading;
      }
      Optional<LedgerSnapshot> written = write(reading, next);
      if (written.isPresent()) {
        return written.get();
      }
      reading = ledger.read(known.entry().number());
    }
    throw StoreException.contended("the ledger's entry of number " + known.entry().number());
  }
}
