package dev.numberferry.migration;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.StoreException;
import dev.numberferry.ledger.Book;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.secrets.NumberSecret;
import dev.numberferry.secrets.NumberSecrets;
import dev.numberferry.whatsapp.LookupResult;
import dev.numberferry.whatsapp.NumberLookup;
import dev.numberferry.whatsapp.RegisterCall;
import dev.numberferry.whatsapp.RegisterOutcome;
import dev.numberferry.whatsapp.RegisterOutcome.Refused;
import dev.numberferry.whatsapp.RegisterOutcome.Unclear;
import dev.numberferry.whatsapp.Registration;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The second half of the story, for the run that has claimed the number. */
@ApplicationScoped
class RegisterStep {

  private static final Logger LOG = Logger.getLogger(RegisterStep.class);

  private final FerryConfig config;
  private final NumberSecrets secrets;
  private final Registration registration;
  private final Reconciler reconciling;
  private final NumberLookup lookup;
  private final Together together;
  private final Book book;
  private final ResultPublisher telling;

  RegisterStep(
      FerryConfig config,
      NumberSecrets secrets,
      Registration registration,
      Reconciler reconciling,
      NumberLookup lookup,
      Together together,
      Book book,
      ResultPublisher telling) {
    this.config = config;
    this.secrets = secrets;
    this.registration = registration;
    this.reconciling = reconciling;
    this.lookup = lookup;
    this.together = together;
    this.book = book;
    this.telling = telling;
  }

  /**
   * Calls, records, publishes, and marks as published.
   *
   * @param claimed the entry with this run's claim in it
   */
  MigrationResult call(
      MigrationRun run, MigrationRequest request, Inputs inputs, LedgerSnapshot claimed) {
    MigrationResult result = run.end(settle(request, inputs, claimed));
    Supplier<LookupResult> seen = lookAfterwards(request, inputs, result);
    Optional<LedgerSnapshot> recorded = record(run, claimed, result);
    MigrationResult told = seen.get().told().map(result::with).orElse(result);
    if (recorded.isEmpty()) {
      telling.publish(told);
      throw new NotRecordedException(told);
    }
    telling.publish(recorded.get(), told);
    if (told.status() == Status.NOT_SENT) {
      throw new NotSentException(told);
    }
    return told;
  }

  private Outcome settle(MigrationRequest request, Inputs inputs, LedgerSnapshot claimed) {
    try {
      NumberSecret secret = withPin(inputs);
      if (isTooLate(claimed)) {
        return Outcome.notSent(
            ErrorDetails.of("the run stood still for so long that its claim may be gone"),
            "Nothing was sent: send the same event again.");
      }
      LOG.info("Calling register, once");
      RegisterOutcome outcome =
          registration.register(
              new RegisterCall(
                  request.phoneNumberId(),
                  secret.token(),
                  secret.pin().orElseThrow(),
                  secret.password(),
                  inputs.backup().data(),
                  request.dataLocalizationRegion()));
      if (outcome instanceof Refused refused && refused.tokenRefused()) {
        secrets.forgetSharedToken();
      }
      return outcome instanceof Unclear unclear
          ? reconciling.settle(request.phoneNumberId(), secret.token(), unclear.problem())
          : Outcome.of(outcome, claimed.now());
    } catch (StoreException e) {
      return Outcome.of(e);
    }
  }

  private NumberSecret withPin(Inputs inputs) {
    if (inputs.secret().pin().isPresent()) {
      return inputs.secret();
    }
    LOG.info("Two-step verification is off: storing a new PIN in the secret");
    return secrets.generatePin(inputs.secret(), inputs.key().pinVersion());
  }

  /** A process that was frozen wakes up with a claim that others take for dead. */
  private boolean isTooLate(LedgerSnapshot claimed) {
    Duration half = config.longestRun().dividedBy(2);
    return claimed.time().elapsed().compareTo(half) > 0;
  }

  private Supplier<LookupResult> lookAfterwards(
      MigrationRequest request, Inputs inputs, MigrationResult result) {
    LookupResult none = new LookupResult.Failed(null);
    return result.status() == Status.MIGRATED && result.reconciled() == null
        ? together.start(() -> lookup.look(request.phoneNumberId(), inputs.secret().token()))
        : () -> none;
  }

  private Optional<LedgerSnapshot> record(
      MigrationRun run, LedgerSnapshot claimed, MigrationResult result) {
    try {
      return Optional.of(
          book.change(
              claimed,
              entry ->
                  entry.change(run.migrationId(), it -> it.endedByItsRun(result, claimed.now()))));
    } catch (StoreException e) {
      LOG.errorf("Not recorded (%s): %s", e.getMessage(), result.summary());
      return Optional.empty();
    }
  }
}
