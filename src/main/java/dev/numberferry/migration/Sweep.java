package dev.numberferry.migration;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.StoreException;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.Book;
import dev.numberferry.ledger.Ledger;
import dev.numberferry.ledger.LedgerSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Nobody delivers a direct invocation again: the sweep looks after what its run has left behind. It
 * closes claims, publishes what was not published, and looks again at unknown outcomes for two
 * hours. It never calls register.
 */
@ApplicationScoped
public class Sweep {

  private static final Logger LOG = Logger.getLogger(Sweep.class);

  private final FerryConfig config;
  private final Ledger ledger;
  private final Book book;
  private final ClaimRecovery closing;

  Sweep(FerryConfig config, Ledger ledger, Book book, ClaimRecovery closing) {
    this.config = config;
    this.ledger = ledger;
    this.book = book;
    this.closing = closing;
  }

  /**
   * Looks at every number that is due.
   *
   * @return how many numbers were due
   * @throws SweepFailedException if one of them has to be looked at again; the others were done
   */
  public int run() {
    int failed = 0;
    List<PhoneNumberId> due = new ArrayList<>(ledger.due());
    // Numbers that keep failing must not keep the others waiting for ever.
    Collections.shuffle(due);
    for (PhoneNumberId number : due) {
      try {
        settle(number);
      } catch (StoreException | NotPublishedException e) {
        LOG.errorf("Number %s is left to the next sweep: %s", number, e.getMessage());
        failed++;
      }
    }
    LOG.infof("Swept %s numbers", due.size());
    if (failed > 0) {
      throw new SweepFailedException(failed);
    }
    return due.size();
  }

  private void settle(PhoneNumberId number) {
    LedgerSnapshot reading = closing.read(number);
    Duration longestRun = config.longestRun();
    if (reading
        .entry()
        .due(reading.now(), longestRun)
        .filter(reading.now()::isBefore)
        .isPresent()) {
      // Its run is at work, and will tell.
      return;
    }
    Optional<Attempt> unknown =
        reading.entry().newest(it -> reading.entry().isWatched(it, reading.now()));
    LedgerSnapshot looked =
        unknown.filter(Attempt::published).isPresent()
            ? closing.lookAgain(reading, unknown.get())
            : reading;
    closing.tell(looked);
    if (looked.entry().due(looked.now(), longestRun).isEmpty()) {
      // Nothing is left to do: written once more, the entry leaves the index.
      book.write(looked, looked.entry());
    }
  }
}
