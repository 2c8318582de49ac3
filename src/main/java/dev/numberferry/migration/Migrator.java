package dev.numberferry.migration;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Status;
import dev.numberferry.ledger.Claim.Answer;
import dev.numberferry.ledger.Claim.Withheld;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.ledger.NumberLedger;
import dev.numberferry.migration.InputReader.Reading;
import dev.numberferry.migration.LogContext.Step;
import dev.numberferry.migration.Preflight.Check;
import dev.numberferry.rules.CallRules;
import dev.numberferry.rules.ExpectedNumber;
import dev.numberferry.rules.ExpectedNumber.Comparison;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Moves a number, step by step. A run that dies before the claim has sent nothing and leaves
 * nothing behind; one that dies after it may have called, and no run calls again before that is
 * settled.
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
  private final AttemptCompletion completion;
  private final ResultPublisher publisher;
  private final DryRun dryRun;
  private final UploadReader uploadReader;
  private final MigrationRuns runs;

  Migrator(
      InputReader inputReader,
      FerryConfig config,
      Preflight preflight,
      NumberLedger ledger,
      RegisterStep registerStep,
      AfterCare afterCare,
      AttemptCompletion completion,
      ResultPublisher publisher,
      DryRun dryRun,
      UploadReader uploadReader,
      MigrationRuns runs) {
    this.inputReader = inputReader;
    this.rules = new CallRules(config.maxCalls(), config.longestRun());
    this.preflight = preflight;
    this.ledger = ledger;
    this.registerStep = registerStep;
    this.afterCare = afterCare;
    this.completion = completion;
    this.publisher = publisher;
    this.dryRun = dryRun;
    this.uploadReader = uploadReader;
    this.runs = runs;
  }

  /**
   * Whether the invocation has the time for one more run. Who finds that it has not begins none:
   * its call would be held back, or its answer not heard.
   */
  public boolean hasTime() {
    return registerStep.hasTimeForARun(runs.deadline());
  }

  /**
   * Moves a number, with at most one call of {@code register} however often the event is delivered,
   * and publishes how it ended.
   *
   * @throws UnfinishedException if the same event has to be delivered again
   */
  public MigrationResult migrate(MigrationRequest request) {
    return runs.run(
        request.delivery(),
        run -> {
          run.isAbout(request.phoneNumberId());
          run.report().isAskedFor(request);
          return concluded(
              run,
              () ->
                  request.dryRun()
                      ? ended(publisher.keepAndFinishOrThrow(run, dryRun.check(run, request)))
                      : claim(run, request, inputReader.read(request)));
        });
  }

  /** Moves the number that an uploaded backup belongs to, as {@link #migrate} does. */
  public MigrationResult migrateUploaded(Delivery delivery) {
    return runs.run(
        delivery,
        run -> {
          StoredBackup.numberIn(delivery.upload().orElseThrow().object().key())
              .ifPresent(run::mayBeAbout);
          return concluded(
              run,
              () -> {
                UploadReader.Read read = uploadReader.read(delivery);
                run.isAbout(read.request().phoneNumberId());
                run.report().isAskedFor(read.request());
                return claim(run, read.request(), read.reading().get());
              });
        });
  }

  /** All that comes before the call; what is left to do then is the call, or nothing. */
  private Supplier<MigrationResult> claim(
      MigrationRun run, MigrationRequest request, Reading reading) {
    LedgerSnapshot snapshot = reading.snapshot();
    run.knows(snapshot);
    Optional<Answer> settled =
        rules.settled(snapshot, request, reading.inputs().map(Inputs::facts));
    if (settled.isPresent()) {
      return ended(answer(run, request, settled.get(), () -> preflight.phoneNumber(request)));
    }
    Inputs usable = reading.usable();
    run.readFrom(usable.backup().object());
    Step.CHECK.begins();
    Check check = preflight.check(request, usable.secret());
    if (check.obstacle().isPresent()) {
      return ended(publisher.keepAndFinishOrThrow(run, check.obstacle().get()));
    }
    Inputs ready = usable.with(check.secret());
    Step.CLAIM.begins();
    return ledger
        .claim(
            snapshot,
            run.attempt(ready),
            it -> rules.answer(it, request, ready.facts()),
            run.deadline())
        .match(
            claimed -> () -> register(run, request, ready, check, claimed),
            answer -> ended(answer(run, request, answer, check::phoneNumber)));
  }

  /** From here on the number is claimed, and the call may have been made. */
  private MigrationResult register(
      MigrationRun run,
      MigrationRequest request,
      Inputs inputs,
      Check check,
      LedgerSnapshot claimed) {
    Step.REGISTER.begins();
    Outcome outcome = registerStep.register(run, request, inputs, claimed);
    Instant endedAt = claimed.now();
    try {
      MigrationResult result = run.endAttempt(rules.withRetryAfter(outcome, endedAt));
      Supplier<Outcome> seen =
          afterCare.start(request, inputs.secret().token(), check.seen(), result.outcome());
      return completion.completeOrThrow(run, claimed, endedAt, result, seen);
    } catch (UnfinishedException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      // The call was made: its outcome is what it is, whatever failed after it.
      UnexpectedFailure.error(e);
      MigrationResult result = run.endAttempt(rules.withRetryAfter(outcome, endedAt));
      return completion.completeOrThrow(run, claimed, endedAt, result, result::outcome);
    }
  }

  /**
   * Where there is no call to make; what was recorded and not published yet is completed.
   *
   * @param look asks for the phone number, where the answer is to be about a certain one
   */
  private MigrationResult answer(
      MigrationRun run, MigrationRequest request, Answer answer, Supplier<Optional<String>> look) {
    return answer.read(
        replay -> {
          MigrationResult result = run.ends(replay.attempt().ending().withReplayed(true));
          LOG.infof("This attempt was made before, as migration %s", result.migrationId());
          if (!replay.attempt().published()) {
            completion.completeRecordedOrThrow(
                replay.snapshot(), replay.attempt(), request.delivery().trigger().word());
          }
          LedgerSnapshot known = replay.snapshot();
          Comparison number = ExpectedNumber.compare(request, known.entry(), look);
          return number
              .mismatch()
              .map(it -> publisher.keepAndFinishOrThrow(run, it))
              .orElseGet(
                  () -> publisher.rememberOrThrow(run, known, run.replay(replay, number::told)));
        },
        withheld -> {
          run.knows(withheld.snapshot());
          return publisher.withholdOrThrow(run, ofNumber(request, withheld, look));
        });
  }

  /** The answer that a number has moved, where it is about the number that is expected. */
  private static Withheld ofNumber(
      MigrationRequest request, Withheld withheld, Supplier<Optional<String>> look) {
    if (withheld.outcome().status() != Status.ALREADY_MIGRATED) {
      return withheld;
    }
    LedgerSnapshot snapshot = withheld.snapshot();
    Comparison number = ExpectedNumber.compare(request, snapshot.entry(), look);
    return Withheld.decided(
        snapshot, number.mismatch().orElseGet(() -> number.told(withheld.outcome())));
  }

  /**
   * Whatever keeps a run from its claim becomes a result, too: nothing was sent. This net ends at
   * the claim, as what fails later may have failed after the call.
   */
  private MigrationResult concluded(
      MigrationRun run, Supplier<Supplier<MigrationResult>> untilTheCall) {
    Supplier<MigrationResult> rest;
    try {
      rest = untilTheCall.get();
    } catch (UnfinishedException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      return publisher.keepAndFinishOrThrow(run, UnexpectedFailure.beforeTheCall(e));
    }
    return rest.get();
  }

  private static Supplier<MigrationResult> ended(MigrationResult result) {
    return () -> result;
  }
}
