package dev.numberferry.migration;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.StoreException;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.Book;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.secrets.NumberSecrets;
import dev.numberferry.whatsapp.LookupResult;
import dev.numberferry.whatsapp.NumberLookup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Finishes what a run has left behind: its claim is closed with what one look at the number tells.
 * The call is never made from here.
 */
@ApplicationScoped
class ClaimRecovery {

  private static final Logger LOG = Logger.getLogger(ClaimRecovery.class);

  private final FerryConfig config;
  private final Book book;
  private final NumberSecrets secrets;
  private final NumberLookup lookup;
  private final ResultPublisher telling;
  private final Clock clock;

  ClaimRecovery(
      FerryConfig config,
      Book book,
      NumberSecrets secrets,
      NumberLookup lookup,
      ResultPublisher telling,
      Clock clock) {
    this.config = config;
    this.book = book;
    this.secrets = secrets;
    this.lookup = lookup;
    this.telling = telling;
    this.clock = clock;
  }

  /**
   * Reads a number's entry, and closes the claim in it if that is older than the longest run.
   *
   * @throws StoreFailure if the ledger cannot be read or written
   */
  LedgerSnapshot read(PhoneNumberId number) {
    LedgerSnapshot reading = book.read(number);
    Optional<Attempt> stale =
        reading.entry().open().filter(it -> it.isStale(reading.now(), config.longestRun()));
    return stale.isPresent() ? close(reading, stale.get()) : reading;
  }

  /** Looks once more at a number whose last call had an unknown effect. */
  LedgerSnapshot lookAgain(LedgerSnapshot reading, Attempt unknown) {
    LookupResult look = look(reading.entry().number(), unknown.key().secretId());
    Outcome ending = Reconciler.told(unknown.result().error(), look);
    return ending.status() == Status.MIGRATED ? end(reading, unknown, ending) : reading;
  }

  /** Publishes what nobody was told yet. */
  void tell(LedgerSnapshot reading) {
    for (Attempt attempt : reading.entry().attempts()) {
      if (!attempt.isOpen() && !attempt.published()) {
        telling.publish(reading, attempt.result());
      }
    }
  }

  private LedgerSnapshot close(LedgerSnapshot reading, Attempt open) {
    LOG.warnf("Closing the claim of migration %s, whose run is over", open.migrationId());
    LookupResult look = look(reading.entry().number(), open.key().secretId());
    ErrorDetails problem = ErrorDetails.of("the run ended without an answer of WhatsApp");
    return end(reading, open, Reconciler.told(problem, look));
  }

  private LookupResult look(PhoneNumberId number, String secretId) {
    try {
      return lookup.look(number, secrets.token(secretId));
    } catch (InvalidInputException | StoreException e) {
      return new LookupResult.Failed(ErrorDetails.of(e.getMessage()));
    }
  }

  private LedgerSnapshot end(LedgerSnapshot reading, Attempt attempt, Outcome ending) {
    MigrationResult result =
        MigrationRun.resume(attempt, reading.entry().number(), clock).end(ending);
    return book.change(
        reading,
        entry ->
            entry.change(
                attempt.migrationId(),
                // The run itself, or another look, may have known more in the meantime.
                now -> now.equals(attempt) ? now.ended(result, reading.now()) : now));
  }
}
