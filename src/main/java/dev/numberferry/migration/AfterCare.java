package dev.numberferry.migration;

import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.NumberDetails;
import dev.numberferry.domain.NumberState;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Status;
import dev.numberferry.whatsapp.LookupResult;
import dev.numberferry.whatsapp.NumberLookup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Looks at a number that has just moved, while that is being recorded. Whatever goes wrong here, it
 * changes nothing of what is published but these details.
 */
@ApplicationScoped
class AfterCare {

  private static final Logger LOG = Logger.getLogger(AfterCare.class);

  private final NumberLookup lookup;
  private final DetailsReader details;
  private final Parallel parallel;

  AfterCare(NumberLookup lookup, DetailsReader details, Parallel parallel) {
    this.lookup = lookup;
    this.details = details;
    this.parallel = parallel;
  }

  /**
   * @param earlier the number as it was seen before the call
   * @return waits for the outcome with what was seen of the number, where anything was
   */
  Supplier<Outcome> start(
      MigrationRequest request, AccessToken token, Optional<NumberState> earlier, Outcome outcome) {
    if (outcome.status() != Status.MIGRATED) {
      return () -> outcome;
    }
    try {
      Supplier<Optional<NumberState>> seen = seen(request.phoneNumberId(), token, outcome);
      Supplier<NumberDetails> told = details.start(request, token, wabaId(earlier, outcome));
      return () -> outcome(request, outcome, seen, told);
    } catch (RuntimeException e) {
      return unseen(outcome, e);
    }
  }

  private Supplier<Optional<NumberState>> seen(
      PhoneNumberId number, AccessToken token, Outcome outcome) {
    NumberState known = outcome.seen();
    if (known != null) {
      return () -> Optional.of(known);
    }
    Supplier<LookupResult> look = parallel.start(() -> lookup.look(number, token));
    return () -> look.get().state();
  }

  private static Outcome outcome(
      MigrationRequest request,
      Outcome outcome,
      Supplier<Optional<NumberState>> seen,
      Supplier<NumberDetails> told) {
    try {
      return outcome.withAfterCare(seen.get(), told.get(), request.dataLocalizationRegion());
    } catch (RuntimeException e) {
      return unseen(outcome, e).get();
    }
  }

  private static Supplier<Outcome> unseen(Outcome outcome, RuntimeException e) {
    LOG.warnf("The number was not looked at after the move: %s", e.getClass().getSimpleName());
    return () -> outcome;
  }

  /** Only an earlier look can tell it in time: the account is asked side by side with the rest. */
  private static Optional<String> wabaId(Optional<NumberState> earlier, Outcome outcome) {
    return earlier
        .map(NumberState::wabaId)
        .or(() -> Optional.ofNullable(outcome.seen()).map(NumberState::wabaId));
  }
}
