package dev.numberferry.ledger;

import dev.numberferry.domain.PhoneNumberId;
import java.time.Instant;
import java.util.List;

/** Remembers every call, across runs and processes. */
public interface Ledger {

  /**
   * Reads the newest entry of a number.
   *
   * @throws StoreFailure if the ledger cannot be read
   */
  LedgerSnapshot read(PhoneNumberId number);

  /**
   * Writes an entry if nobody else has written since it was read.
   *
   * @param now the ledger's clock, as far as the writer knows it
   * @return whether it was written
   * @throws StoreFailure if it is not known whether it was written
   */
  boolean write(LedgerEntry entry, Instant now);

  /**
   * The numbers that somebody has to look at, now or soon, the longest due first.
   *
   * @throws StoreFailure if the ledger cannot be read
   */
  List<PhoneNumberId> due();
}
