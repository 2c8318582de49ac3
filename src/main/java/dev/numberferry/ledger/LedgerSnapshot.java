package dev.numberferry.ledger;

import java.time.Instant;

/** A number's entry as it is known here, and the ledger's time. */
public record LedgerSnapshot(LedgerEntry entry, LedgerTime time) {

  public Instant now() {
    return time.now();
  }
}
