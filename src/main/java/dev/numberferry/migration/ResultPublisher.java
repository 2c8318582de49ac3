package dev.numberferry.migration;

import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.Upload;
import dev.numberferry.ledger.Claim.Withheld;
import dev.numberferry.ledger.LastAnswer;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.ledger.NumberLedger;
import dev.numberferry.messaging.ResultTopic;
import dev.numberferry.migration.LogContext.Step;
import dev.numberferry.rules.WaitRule;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Publishes results once each, keeps those of runs that were no attempt, and answers invokers. */
@ApplicationScoped
class ResultPublisher {

  private static final Logger LOG = Logger.getLogger(ResultPublisher.class);

  private final NumberLedger ledger;
  private final ResultTopic topic;

  ResultPublisher(NumberLedger ledger, ResultTopic topic) {
    this.ledger = ledger;
    this.topic = topic;
  }

  /**
   * Publishes how a run ended, and no more.
   *
   * @throws UnfinishedException.NotPublishedException if the topic did not take it
   */
  void publishOrThrow(RunReport report, MigrationResult result) {
    Step.PUBLISH.begins();
    try {
      topic.publish(report.message(result));
      report.published(true);
      LOG.info("Published the result");
    } catch (RuntimeException | OutOfMemoryError e) {
      report.published(false);
      LOG.warnf("The result was not published: %s", UnexpectedFailure.words(e));
      throw new UnfinishedException.NotPublishedException(result);
    }
  }

  /**
   * Publishes how a run ended, unless its message comes again and the topic has heard the same for
   * it: each receive has an id of its own, so that subscribers could not drop the duplicates.
   *
   * @param known the number's entry; nothing where the ledger does not tell it
   * @return whether it was published
   * @throws UnfinishedException.NotPublishedException if the topic did not take it
   */
  boolean publishNewsOrThrow(
      MigrationRun run, Optional<LedgerSnapshot> known, MigrationResult result) {
    if (comesAgain(run, result.outcome())
        && known.filter(it -> hasHeard(it, run, result)).isPresent()) {
      LOG.info("Comes again, and the topic has heard the same for it");
      run.report().isSilent();
      return false;
    }
    publishOrThrow(run.report(), result);
    return true;
  }

  private static boolean hasHeard(LedgerSnapshot known, MigrationRun run, MigrationResult result) {
    return run.heard(result).filter(known.entry()::hasHeard).isPresent();
  }

  /**
   * The invocation's answer.
   *
   * @throws UnfinishedException.NotSentException if the same event may be delivered again
   * @throws UnfinishedException.ComesAgainException if its queue's message has to come again
   */
  MigrationResult finishOrThrow(MigrationRun run, MigrationResult result) {
    if (result.status() == Status.NOT_SENT) {
      throw new UnfinishedException.NotSentException(result);
    }
    if (comesAgain(run, result.outcome())) {
      throw new UnfinishedException.ComesAgainException(result);
    }
    return result;
  }

  /**
   * Publishes how a run ended that was no attempt, and keeps it in the ledger: after that, as what
   * is kept as heard was heard.
   *
   * @throws UnfinishedException.NotPublishedException if the topic did not take it
   * @throws UnfinishedException.NotRecordedException if an upload could not be kept: older ones are
   *     judged by it, so that it has to come again
   */
  MigrationResult keepAndFinishOrThrow(MigrationRun run, Outcome outcome) {
    MigrationResult result = run.end(outcome);
    Optional<LedgerSnapshot> known = known(run, result);
    known.ifPresent(run.report()::knows);
    LastAnswer answer = lastAnswer(run, result);
    try {
      publishNewsOrThrow(run, known, result);
    } catch (UnfinishedException.NotPublishedException e) {
      keep(known, answer.unheard());
      throw e;
    }
    boolean kept = keptBy(run, known, answer);
    return recordedOrThrow(kept, finishOrThrow(run, result));
  }

  /**
   * An answer that was given before, or is another run's to give; what is kept is the upload, where
   * it is news.
   *
   * @throws UnfinishedException.NotRecordedException if it could not be kept
   */
  MigrationResult rememberOrThrow(MigrationRun run, LedgerSnapshot known, MigrationResult result) {
    Optional<Upload> news = run.delivery().upload().filter(it -> !known.entry().knows(it));
    run.report().isSilent();
    return recordedOrThrow(keptBy(run, Optional.of(known), LastAnswer.of(news)), result);
  }

  /** Answers where the call is held back, or not needed. */
  MigrationResult withholdOrThrow(MigrationRun run, Withheld withheld) {
    if (withheld.sameRun()) {
      MigrationResult result = run.end(withheld.outcome());
      LOG.info("A delivery of the run in progress");
      return rememberOrThrow(run, withheld.snapshot(), result);
    }
    return keepAndFinishOrThrow(run, withheld.outcome());
  }

  /** The number's entry; where the run did not come so far, it is read now. */
  private Optional<LedgerSnapshot> known(MigrationRun run, MigrationResult result) {
    return Optional.ofNullable(result.phoneNumberId()).flatMap(it -> run.read().or(() -> read(it)));
  }

  private Optional<LedgerSnapshot> read(PhoneNumberId number) {
    try {
      return Optional.of(ledger.read(number));
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.warnf("Not known what the topic has heard: %s", UnexpectedFailure.words(e));
      return Optional.empty();
    }
  }

  /** That a run is in progress follows from the attempts. */
  private static LastAnswer lastAnswer(MigrationRun run, MigrationResult result) {
    boolean usable = result.phoneNumberId() != null && result.status() != Status.INVALID;
    return new LastAnswer(
        Optional.of(result).filter(it -> it.outcome().reason() != Reason.IN_PROGRESS),
        run.upload().filter(it -> usable),
        run.heard(result));
  }

  private boolean keptBy(MigrationRun run, Optional<LedgerSnapshot> known, LastAnswer answer) {
    boolean kept = keep(known, answer);
    if (!kept) {
      run.report().recorded(false);
    }
    return kept;
  }

  /** Keeps it; says whether what a later decision needs is kept, which is the upload alone. */
  private boolean keep(Optional<LedgerSnapshot> known, LastAnswer answer) {
    try {
      known.ifPresent(it -> ledger.keep(it, answer));
      return known.isPresent() || answer.upload().isEmpty();
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.warnf("Not kept in the number's entry: %s", UnexpectedFailure.words(e));
      return answer.upload().isEmpty();
    }
  }

  private static MigrationResult recordedOrThrow(boolean recorded, MigrationResult result) {
    if (!recorded) {
      throw new UnfinishedException.NotRecordedException(result);
    }
    return result;
  }

  private static boolean comesAgain(MigrationRun run, Outcome outcome) {
    return run.delivery().isFromQueue() && WaitRule.comesAgain(outcome);
  }
}
