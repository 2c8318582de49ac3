package dev.numberferry.migration;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.StoreException;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.Book;
import dev.numberferry.ledger.LedgerEntry;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.ledger.NumberHistory;
import dev.numberferry.migration.Claiming.Claim;
import dev.numberferry.migration.Decision.Go;
import dev.numberferry.migration.Decision.Hold;
import dev.numberferry.migration.Decision.Replay;
import dev.numberferry.migration.InputReader.Gathered;
import dev.numberferry.migration.Preflight.Checked;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The story of a migration: read the inputs → check → claim → register → record → publish → mark as
 * published. A run that dies before the claim has sent nothing and leaves nothing behind; one that
 * dies later may have sent, and nobody calls again before that is settled.
 */
@ApplicationScoped
public class Migrator {

  private static final Logger LOG = Logger.getLogger(Migrator.class);

  private final InputReader gathering;
  private final Preflight checking;
  private final Claiming claiming;
  private final RegisterStep calling;
  private final DryRun rehearsal;
  private final ResultPublisher telling;
  private final Book book;
  private final Clock clock;
  private final CallRules rules;

  Migrator(
      FerryConfig config,
      InputReader gathering,
      Preflight checking,
      Claiming claiming,
      RegisterStep calling,
      DryRun rehearsal,
      ResultPublisher telling,
      Book book,
      Clock clock) {
    this.gathering = gathering;
    this.checking = checking;
    this.claiming = claiming;
    this.calling = calling;
    this.rehearsal = rehearsal;
    this.telling = telling;
    this.book = book;
    this.clock = clock;
    this.rules = new CallRules(config.maxCalls());
  }

  /**
   * Moves a number, with at most one call of {@code register} whatever is delivered how often, and
   * publishes how it ended.
   *
   * @throws NotSentException if nothing was sent and the same event may be delivered again
   * @throws NotPublishedException if the topic did not take the result
   * @throws NotRecordedException if the ledger did not take the result of a call
   */
  public MigrationResult carry(MigrationRequest request) {
    MigrationRun run = MigrationRun.begin(Optional.of(request.phoneNumberId()), clock);
    try {
      return request.dryRun() ? tell(run.end(rehearsal.run(request))) : carry(run, request);
    } catch (InvalidInputException e) {
      return keepAndTell(run.end(Outcome.of(e)));
    } catch (StoreException e) {
      return keepAndTell(run.end(Outcome.of(e)));
    }
  }

  private MigrationResult carry(MigrationRun run, MigrationRequest request) {
    Gathered gathered = gathering.read(request);
    LedgerEntry entry = gathered.reading().entry();
    if (gathered.unusable() != null) {
      // A number that has moved needs neither backup nor secret, and both may be gone by now.
      return rules
          .settled(entry, request.backup().reference(), request.retry())
          .map(decision -> answer(run, gathered.reading(), decision))
          .orElseThrow(gathered::unusable);
    }
    Inputs inputs = gathered.inputs();
    run.readFrom(inputs.backup().object());
    LOG.infof("Read the backup, and %s", inputs.secret().id());
    Decision settled = rules.settled(entry, inputs.key());
    if (!(settled instanceof Go)) {
      return answer(run, gathered.reading(), settled);
    }
    Checked checked = checking.check(request, inputs.secret());
    if (checked.obstacle().isPresent()) {
      return keepAndTell(run.end(checked.obstacle().get()));
    }
    inputs = inputs.with(checked.secret());
    Claim claim = claiming.claim(run, request, inputs);
    return claim.decision() instanceof Go
        ? calling.call(run, request, inputs, claim.reading())
        : answer(run, claim.reading(), claim.decision());
  }

  /**
   * Publishes that an event cannot be used.
   *
   * @param number the number that the event names, where it can be read
   * @throws NotPublishedException if the topic did not take the result
   */
  public MigrationResult refuse(Optional<PhoneNumberId> number, InvalidInputException reason) {
    return keepAndTell(MigrationRun.begin(number, clock).end(Outcome.of(reason)));
  }

  /**
   * Publishes that nothing could be sent, because it cannot be learned which number it is about.
   *
   * @throws NotSentException always, so that the event is delivered again
   */
  public MigrationResult refuse(StoreException reason) {
    return tell(MigrationRun.begin(Optional.empty(), clock).end(Outcome.of(reason)));
  }

  /** What the ledger knows of a number. */
  public Optional<NumberHistory> history(PhoneNumberId number) {
    return NumberHistory.of(book.read(number).entry());
  }

  private MigrationResult answer(MigrationRun run, LedgerSnapshot reading, Decision decision) {
    if (decision instanceof Replay replay) {
      return replay(reading, replay.attempt());
    }
    Hold hold = (Hold) decision;
    MigrationResult result = run.end(hold.ending());
    if (hold.silent()) {
      LOG.infof("A delivery of the run in progress: %s", result.summary());
      return result;
    }
    return tell(result);
  }

  private MigrationResult replay(LedgerSnapshot reading, Attempt attempt) {
    LOG.infof("This attempt was made before, as migration %s", attempt.migrationId());
    if (!attempt.published()) {
      telling.publish(reading, attempt.result());
    }
    return attempt.result().asReplayed();
  }

  /** Keeps a result that was no attempt as the number's last; without it nothing is lost. */
  private MigrationResult keepAndTell(MigrationResult result) {
    boolean kept =
        result.phoneNumberId() != null
            && result.status() != Status.WITHHELD
            && result.status() != Status.ALREADY_MIGRATED;
    if (kept) {
      try {
        book.change(book.read(result.phoneNumberId()), entry -> entry.with(result));
      } catch (StoreException e) {
        LOG.warnf("Not kept as the number's last result: %s", e.getMessage());
      }
    }
    return tell(result);
  }

  private MigrationResult tell(MigrationResult result) {
    telling.publish(result);
    if (result.status() == Status.NOT_SENT) {
      throw new NotSentException(result);
    }
    return result;
  }
}
