package dev.numberferry.migration;

import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.StoreException;
import dev.numberferry.domain.Upload;
import dev.numberferry.ledger.Claim.Answer;
import dev.numberferry.ledger.Claim.Replay;
import dev.numberferry.ledger.Claim.Withheld;
import dev.numberferry.ledger.NumberLedger;
import dev.numberferry.migration.UnfinishedException.ComesAgainException;
import dev.numberferry.migration.UnfinishedException.NotPublishedException;
import dev.numberferry.migration.UnfinishedException.NotSentException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Answers how runs ended, and publishes that. */
@ApplicationScoped
class ResultPublisher {

  private static final Logger LOG = Logger.getLogger(ResultPublisher.class);

  /** These follow from the ledger or from the state of the number, and are not kept beside them. */
  private static final Set<Status> NOT_KEPT = Set.of(Status.WITHHELD, Status.ALREADY_MIGRATED);

  private final NumberLedger ledger;
  private final ResultSender sender;
  private final AttemptPublisher attempts;

  ResultPublisher(NumberLedger ledger, ResultSender sender, AttemptPublisher attempts) {
    this.ledger = ledger;
    this.sender = sender;
    this.attempts = attempts;
  }

  /**
   * Publishes how a run ended that was no attempt.
   *
   * @throws NotPublishedException if the topic did not take it
   * @throws NotSentException if the same event may be delivered again
   * @throws ComesAgainException if its queue's message has to come again
   */
  MigrationResult publish(MigrationRun run, Outcome outcome) {
    MigrationResult result = run.end(outcome);
    sender.sendOnce(run, result);
    return sender.finished(run, result);
  }

  /**
   * The same, and keeps in the ledger what a run leaves that was no attempt; if that fails, nothing
   * is lost.
   */
  MigrationResult keepAndPublish(MigrationRun run, Outcome outcome) {
    MigrationResult result = run.end(outcome);
    Optional<MigrationResult> last =
        Optional.of(result).filter(it -> !NOT_KEPT.contains(it.status()));
    Optional<Upload> upload =
        run.delivery().upload().filter(it -> outcome.status() != Status.INVALID);
    if (result.phoneNumberId() != null && (last.isPresent() || upload.isPresent())) {
      try {
        ledger.keep(result.phoneNumberId(), last, upload);
      } catch (StoreException e) {
        LOG.warnf("Not kept as the number's last result: %s", e.getMessage());
      }
    }
    return publish(run, outcome);
  }

  /** Answers where there is no call to make, and publishes what was not published yet. */
  MigrationResult answer(MigrationRun run, Answer answer) {
    return answer.read(this::replay, withheld -> withheld(run, withheld));
  }

  private MigrationResult replay(Replay replay) {
    MigrationResult result = replay.attempt().ending();
    LOG.infof("This attempt was made before, as migration %s", result.migrationId());
    if (!replay.attempt().published()) {
      attempts.publishAndMark(replay.snapshot(), result);
    }
    return MigrationRun.isRetryable(result.outcome())
        ? result
            .withReplayed(true)
            .withOutcome(result.outcome().withRetry(replay.snapshot().entry().nextRetry()))
        : result.withReplayed(true);
  }

  private MigrationResult withheld(MigrationRun run, Withheld withheld) {
    if (withheld.sameRun()) {
      MigrationResult result = run.end(withheld.outcome());
      LOG.infof("A delivery of the run in progress: %s", result.summary());
      return result;
    }
    return keepAndPublish(run, withheld.outcome());
  }
}
