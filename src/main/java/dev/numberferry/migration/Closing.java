package dev.numberferry.migration;

import dev.numberferry.FerryConfig;
import dev.numberferry.InvalidInput;
import dev.numberferry.PhoneNumberId;
import dev.numberferry.Problem;
import dev.numberferry.StoreFailure;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.Book;
import dev.numberferry.ledger.Reading;
import dev.numberferry.secrets.NumberSecrets;
import dev.numberferry.whatsapp.Look;
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
class Closing {

  private static final Logger LOG = Logger.getLogger(Closing.class);

  private final FerryConfig config;
  private final Book book;
  private final NumberSecrets secrets;
  private final NumberLookup lookup;
  private final Telling telling;
  private final Clock clock;

  Closing(
      FerryConfig config,
      Book book,
      NumberSecrets secrets,
      NumberLookup lookup,
      Telling telling,
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
  Reading read(PhoneNumberId number) {
    Reading reading = book.read(number);
    Optional<Attempt> stale =
        reading.entry().open().filter(it -> it.isStale(reading.now(), config.longestRun()));
    return stale.isPresent() ? close(reading, stale.get()) : reading;
  }

  /** Looks once more at a number whose last call had an unknown effect. */
  Reading lookAgain(Reading reading, Attempt unknown) {
    Look look = look(reading.entry().number(), unknown.key().secretId());
    Ending ending = Reconciling.told(unknown.result().error(), look);
    return ending.status() == Status.MIGRATED ? end(reading, unknown, ending) : reading;
  }

  /** Publishes what nobody was told yet. */
  void tell(Reading reading) {
    for (Attempt attempt : reading.entry().attempts()) {
      if (!attempt.isOpen() && !attempt.published()) {
        telling.publish(reading, attempt.result());
      }
    }
  }

  private Reading close(Reading reading, Attempt open) {
    LOG.warnf("Closing the claim of migration %s, whose run is over", open.migrationId());
    Look look = look(reading.entry().number(), open.key().secretId());
    Problem problem = Problem.of("the run ended without an answer of WhatsApp");
    return end(reading, open, Reconciling.told(problem, look));
  }

  private Look look(PhoneNumberId number, String secretId) {
    try {
      return lookup.look(number, secrets.token(secretId));
    } catch (InvalidInput | StoreFailure e) {
      return new Look.Failed(Problem.of(e.getMessage()));
    }
  }

  private Reading end(Reading reading, Attempt attempt, Ending ending) {
    MigrationResult result = Run.resume(attempt, reading.entry().number(), clock).end(ending);
    return book.change(
        reading,
        entry ->
            entry.change(
                attempt.migrationId(),
                // The run itself, or another look, may have known more in the meantime.
                now -> now.equals(attempt) ? now.ended(result, reading.now()) : now));
  }
}
