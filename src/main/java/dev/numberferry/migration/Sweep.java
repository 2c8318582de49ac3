package dev.numberferry.migration;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.StoreException;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.LedgerEntry;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.ledger.NumberLedger;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Finishes what runs have left behind, for a synchronous invocation is not delivered again. It
 * closes claims, publishes what was not published, and looks again at unknown outcomes for two
 * hours. It never calls register.
 */
@ApplicationScoped
public class Sweep {

  private static final Logger LOG = Logger.getLogger(Sweep.class);

  private final FerryConfig config;
  private final NumberLedger ledger;
  private final ClaimRecovery recovery;
  private final BrakeAlarm brake;

  Sweep(FerryConfig config, NumberLedger ledger, ClaimRecovery recovery, BrakeAlarm brake) {
    this.config = config;
    this.ledger = ledger;
    this.recovery = recovery;
    this.brake = brake;
  }

  /**
   * Looks at every number that is due, and at the brake.
   *
   * @return how many numbers were due
   * @throws SweepFailedException if one of them has to be looked at again; the others were done
   */
  public int run() {
    int failed = brake.check() ? 0 : 1;
    List<PhoneNumberId> due = new ArrayList<>(ledger.due());
    // Numbers that keep failing must not keep the others waiting for ever.
    Collections.shuffle(due);
    for (PhoneNumberId number : due) {
      try {
        sweep(number);
      } catch (StoreException | NotPublishedException e) {
        LOG.errorf("Number %s is left to the next sweep: %s", number, e.getMessage());
        failed++;
      } catch (RuntimeException | OutOfMemoryError e) {
        LOG.errorf("Number %s is left to the next sweep: %s", number, Surprise.error(e).message());
        failed++;
      }
    }
    LOG.infof("Swept %s numbers", due.size());
    if (failed > 0) {
      throw new SweepFailedException(failed);
    }
    return due.size();
  }

  private void sweep(PhoneNumberId number) {
    LedgerSnapshot snapshot = recovery.recovered(number);
    if (dueAt(snapshot).filter(snapshot.now()::isBefore).isPresent()) {
      // Its run is in progress, and will publish.
      return;
    }
    LedgerSnapshot looked =
        watched(snapshot)
            .filter(Attempt::published)
            .map(unknown -> recovery.lookAgain(snapshot, unknown))
            .orElse(snapshot);
    recovery.publishLeftovers(looked);
    if (dueAt(looked).isEmpty()) {
      ledger.settle(looked);
    }
  }

  private Optional<Instant> dueAt(LedgerSnapshot snapshot) {
    return snapshot.entry().due(snapshot.now(), config.longestRun());
  }

  private static Optional<Attempt> watched(LedgerSnapshot snapshot) {
    LedgerEntry entry = snapshot.entry();
    return entry.newest(it -> entry.isWatched(it, snapshot.now()));
  }
}
