package dev.numberferry.migration;

import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.StoreException;
import dev.numberferry.ledger.Claim.Answer;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.ledger.NumberLedger;
import dev.numberferry.migration.InputReader.Reading;
import dev.numberferry.migration.Preflight.Check;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The story of a migration. A run that dies before the claim has sent nothing and leaves nothing
 * behind; one that dies later may have sent, and nobody calls again before that is settled.
 */
@ApplicationScoped
public class Migrator {

  private static final Logger LOG = Logger.getLogger(Migrator.class);

  private final InputReader inputReader;
  private final CallRules rules;
  private final Preflight preflight;
  private final NumberLedger ledger;
  private final RegisterStep registerStep;
  private final AfterCare afterCare;
  private final ResultPublisher publisher;
  private final DryRun dryRun;
  private final Clock clock;

  Migrator(
      InputReader inputReader,
      CallRules rules,
      Preflight preflight,
      NumberLedger ledger,
      RegisterStep registerStep,
      AfterCare afterCare,
      ResultPublisher publisher,
      DryRun dryRun,
      Clock clock) {
    this.inputReader = inputReader;
    this.rules = rules;
    this.preflight = preflight;
    this.ledger = ledger;
    this.registerStep = registerStep;
    this.afterCare = afterCare;
    this.publisher = publisher;
    this.dryRun = dryRun;
    this.clock = clock;
  }

  /**
   * Moves a number, with at most one call of {@code register} whatever is delivered how often, and
   * publishes how it ended.
   *
   * @throws NotSentException if nothing was sent and the same event may be delivered again
   * @throws NotPublishedException if the topic did not take the result
   * @throws NotRecordedException if the ledger did not take the result of a call
   */
  public MigrationResult migrate(MigrationRequest request) {
    try (MigrationRun run = MigrationRun.start(Optional.of(request.phoneNumberId()), clock)) {
      LOG.infof("Migration %s of number %s", run.migrationId(), request.phoneNumberId());
      return request.dryRun()
          ? publisher.publish(run.end(dryRun.check(request)))
          : migrate(run, request);
    }
  }

  /**
   * Publishes that an event cannot be used.
   *
   * @param number the number that the event names, where it can be read
   * @throws NotPublishedException if the topic did not take the result
   */
  public MigrationResult refuse(Optional<PhoneNumberId> number, InvalidInputException reason) {
    try (MigrationRun run = MigrationRun.start(number, clock)) {
      return publisher.keepAndPublish(run.end(Outcome.invalid(reason)));
    }
  }

  private MigrationResult migrate(MigrationRun run, MigrationRequest request) {
    try {
      Reading reading = inputReader.read(request);
      Optional<Answer> settled = rules.settled(reading.snapshot(), request, reading.inputs());
      if (settled.isPresent()) {
        return publisher.answer(run, settled.get());
      }
      Inputs read = reading.usable();
      run.readFrom(read.backup().object());
      Check check = preflight.check(request, read.secret());
      if (check.obstacle().isPresent()) {
        return publisher.keepAndPublish(run.end(check.obstacle().get()));
      }
      Inputs inputs = read.with(check.secret());
      return ledger
          .claim(
              reading.snapshot(),
              run.attempt(request, inputs),
              snapshot -> rules.answer(snapshot, request, inputs))
          .match(
              claimed -> register(run, request, inputs, claimed),
              answer -> publisher.answer(run, answer));
    } catch (InvalidInputException e) {
      return publisher.keepAndPublish(run.end(Outcome.invalid(e)));
    } catch (StoreException e) {
      return publisher.keepAndPublish(run.end(Outcome.notSent(e)));
    }
  }

  private MigrationResult register(
      MigrationRun run, MigrationRequest request, Inputs inputs, LedgerSnapshot claimed) {
    Outcome outcome = registerStep.register(request, inputs, claimed);
    MigrationResult result = run.end(outcome);
    Supplier<Outcome> seen = afterCare.start(request, inputs, outcome);
    Optional<LedgerSnapshot> recorded = registerStep.record(claimed, result);
    return publisher.publishCall(recorded, result.withOutcome(seen.get()));
  }
}
