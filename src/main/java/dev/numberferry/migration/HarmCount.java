package dev.numberferry.migration;

import dev.numberferry.domain.BrakeState;
import dev.numberferry.domain.BrakeState.CountedHarm;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.StoreException;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.Brake;
import dev.numberferry.ledger.LedgerSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Counts for the brake what calls have done to lines that worked. What is recorded is counted
 * before it is published and marked, so that what was not counted is still to be published, by
 * somebody who counts it then.
 */
@ApplicationScoped
class HarmCount {

  private static final Logger LOG = Logger.getLogger(HarmCount.class);

  private final Brake brake;

  HarmCount(Brake brake) {
    this.brake = brake;
  }

  /**
   * Counts the harm of an attempt, or no longer counts it where a better-known result has none.
   *
   * @return the brake after it; nothing where that failed, and somebody has to count it later
   */
  Optional<BrakeState> count(LedgerSnapshot known, MigrationResult result) {
    Optional<CountedHarm> harm =
        result
            .outcome()
            .harmDone()
            .map(
                it ->
                    new CountedHarm(
                        result.migrationId(), known.entry().number(), it, at(known, result)));
    try {
      if (harm.isPresent()) {
        return Optional.of(brake.count(harm.get()));
      }
      if (known.brake().counts(result.migrationId())) {
        brake.forget(result.migrationId());
      }
      return Optional.of(known.brake());
    } catch (StoreException e) {
      LOG.errorf("Not counted for the brake, which is left to others: %s", e.getMessage());
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.errorf("Not counted for the brake: %s", UnexpectedFailure.error(e).message());
    }
    return Optional.empty();
  }

  /**
   * Forgets what was counted, where somebody has recorded in the meantime that there was no harm.
   *
   * @param now the number's entry as it stands
   * @param counted the result whose harm was counted
   */
  void correct(LedgerSnapshot now, MigrationResult counted) {
    boolean harmless =
        now.entry()
            .attempt(counted.migrationId())
            .map(Attempt::result)
            .filter(it -> it.outcome().harmDone().isEmpty())
            .isPresent();
    if (harmless && counted.outcome().harmDone().isPresent()) {
      brake.forget(counted.migrationId());
    }
  }

  private static Instant at(LedgerSnapshot known, MigrationResult result) {
    return known.entry().attempt(result.migrationId()).map(Attempt::calledAt).orElseGet(known::now);
  }
}
