package dev.numberferry.migration;

import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.StoreException;
import dev.numberferry.ledger.NumberHistory;
import dev.numberferry.ledger.NumberLedger;
import dev.numberferry.messaging.MigrationQueue;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Puts migrations on the queue, and answers what the ledger knows of a number. */
@ApplicationScoped
public class MigrationDesk {

  private final MigrationQueue queue;
  private final NumberLedger ledger;

  MigrationDesk(MigrationQueue queue, NumberLedger ledger) {
    this.queue = queue;
    this.ledger = ledger;
  }

  /**
   * Puts a migration event on the queue.
   *
   * @param event the JSON that was read as this request
   * @throws InvalidInputException if a backup is inside of it
   * @throws StoreException if the queue did not take it
   */
  public void enqueue(MigrationRequest request, String event) {
    request.requireStoredBackup();
    queue.send(event);
  }

  /**
   * What the ledger knows of a number.
   *
   * @throws StoreException if the ledger cannot be read
   */
  public Optional<NumberHistory> history(PhoneNumberId number) {
    return NumberHistory.of(ledger.read(number).entry());
  }
}
