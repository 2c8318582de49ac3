package dev.numberferry.migration;

import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.StoreException;
import dev.numberferry.ledger.NumberHistory;
import dev.numberferry.ledger.NumberLedger;
import dev.numberferry.messaging.MigrationQueue;
import dev.numberferry.migration.UnfinishedException.NotPublishedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * What is done with an event that is not carried out now: put on the queue, answered from the
 * ledger, or refused.
 */
@ApplicationScoped
public class SideRequests {

  private final MigrationQueue queue;
  private final NumberLedger ledger;
  private final ResultPublisher publisher;
  private final MigrationRuns runs;

  SideRequests(
      MigrationQueue queue, NumberLedger ledger, ResultPublisher publisher, MigrationRuns runs) {
    this.queue = queue;
    this.ledger = ledger;
    this.publisher = publisher;
    this.runs = runs;
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
    queue.send(event, request.delivery().requestedBy());
  }

  /**
   * What the ledger knows of a number.
   *
   * @throws StoreException if the ledger cannot be read
   */
  public Optional<NumberHistory> history(PhoneNumberId number) {
    return ledger.history(number);
  }

  /**
   * Publishes that an event cannot be used.
   *
   * @param number the number that the event names, where it can be read
   * @param dryRun whether it asks for a dry run, as far as it can be read
   * @throws NotPublishedException if the topic did not take the result
   */
  public MigrationResult refuse(
      Delivery delivery,
      Optional<PhoneNumberId> number,
      boolean dryRun,
      InvalidInputException reason) {
    return runs.run(
        delivery,
        run -> {
          number.ifPresent(run::isAbout);
          if (dryRun) {
            run.report().isDryRun();
          }
          return publisher.keepAndFinishOrThrow(run, Outcome.invalid(reason));
        });
  }
}
