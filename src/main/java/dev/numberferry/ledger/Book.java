package dev.numberferry.ledger;

import dev.numberferry.PhoneNumberId;
import dev.numberferry.StoreFailure;
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
  public Reading read(PhoneNumberId number) {
    return ledger.read(number);
  }

  /**
   * Writes on top of what was read, or not at all.
   *
   * @return the entry as it now stands, or nothing where somebody else has written since
   * @throws StoreFailure if it is not known whether it was written
   */
  public Optional<Reading> write(Reading read, Entry next) {
    return ledger.write(next, read.now())
        ? Optional.of(new Reading(next.written(), read.time()))
        : Optional.empty();
  }

  /**
   * Makes a change whatever others write: on top of what is known first, and then, if that is no
   * longer so, on top of what is read anew.
   *
   * @throws StoreFailure if it is not known whether it was made
   */
  public Reading change(Reading known, UnaryOperator<Entry> change) {
    Reading reading = known;
    for (int i = 0; i < TRIES; i++) {
      Entry next = change.apply(reading.entry());
      if (next.equals(reading.entry())) {
        return reading;
      }
      Optional<Reading> written = write(reading, next);
      if (written.isPresent()) {
        return written.get();
      }
      reading = ledger.read(known.entry().number());
    }
    throw StoreFailure.contended("the ledger's entry of number " + known.entry().number());
  }
}
