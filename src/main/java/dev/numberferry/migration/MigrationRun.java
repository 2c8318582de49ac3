package dev.numberferry.migration;

import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.MigrationResultBuilder;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Retry;
import dev.numberferry.domain.Upload;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.AttemptBuilder;
import dev.numberferry.ledger.Claim.Replay;
import dev.numberferry.ledger.Heard;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.support.Deadline;
import dev.numberferry.support.ShownEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/** A run while it lasts, and what is known of it. Its log lines bear its ids. */
class MigrationRun implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(MigrationRun.class);

  private final MigrationResultBuilder known;
  private final Delivery delivery;
  private final Deadline deadline;
  private final RunReport report;
  private final LogContext logContext;
  private Optional<LedgerSnapshot> read = Optional.empty();
  private boolean numberIsKnown;
  private boolean toldByOthers;
  private Retry nextRetry = Retry.after(Retry.NONE);

  /**
   * @param deadline until when the ledger may be asked; there is time for publishing after it
   */
  MigrationRun(
      RunReport report,
      String migrationId,
      Delivery delivery,
      Instant startedAt,
      Deadline deadline) {
    this.report = report;
    this.delivery = delivery;
    this.deadline = deadline;
    this.known =
        MigrationResultBuilder.builder()
            .schemaVersion(MigrationResult.SCHEMA_VERSION)
            .migrationId(migrationId)
            .startedAt(startedAt.truncatedTo(ChronoUnit.MILLIS));
    this.logContext = LogContext.ofMigration(migrationId, report.trigger());
  }

  /** What is told of it in the end. */
  RunReport report() {
    return report;
  }

  /** Whoever publishes its end tells of it. */
  void isToldByOthers() {
    toldByOthers = true;
  }

  /** Says which number an upload's key names: its metadata, which counts, may name another. */
  void mayBeAbout(PhoneNumberId number) {
    known.phoneNumberId(number);
    report.isAbout(number);
    LogContext.isAbout(number);
  }

  /** Says which number it is about, as soon as that is known. */
  void isAbout(PhoneNumberId number) {
    mayBeAbout(number);
    numberIsKnown = true;
    LOG.infof("Migration %s of number %s", known.migrationId(), number);
  }

  void readFrom(Optional<StoredBackup> object) {
    known.backup(object.orElse(null));
  }

  /** Says what the ledger knows of the number, which a retry has to know as well. */
  void knows(LedgerSnapshot snapshot) {
    read = Optional.of(snapshot);
    report.knows(snapshot);
    nextRetry = snapshot.entry().nextRetry();
  }

  /** The number's entry as this run read it last, if it did. */
  Optional<LedgerSnapshot> read() {
    return read;
  }

  /** What the topic has heard once it took a result of this run, where a message brought it. */
  Optional<Heard> heard(MigrationResult result) {
    return delivery.message().map(it -> Heard.of(it.id(), delivery.upload(), result));
  }

  Delivery delivery() {
    return delivery;
  }

  /** The upload that started it, as soon as it is known whose it is. */
  Optional<Upload> upload() {
    return numberIsKnown ? delivery.upload() : Optional.empty();
  }

  Deadline deadline() {
    return deadline;
  }

  /** The attempt that this run is to be, as it is claimed. */
  Attempt attempt(Inputs inputs) {
    return AttemptBuilder.builder()
        .migrationId(known.migrationId())
        .key(inputs.key())
        .backup(inputs.backup().object().orElse(null))
        .trigger(delivery.trigger())
        .requestedBy(delivery.requestedBy().orElse(null))
        .sentBy(delivery.sentBy().orElse(null))
        .eventTime(delivery.upload().map(Upload::time).orElse(null))
        .sequencer(delivery.upload().map(Upload::sequencer).orElse(null))
        .build();
  }

  /** The result of this run, which ends now and was no attempt. */
  MigrationResult end(Outcome outcome) {
    return end(outcome, known.startedAt().plus(report.lasted()));
  }

  /** The result of this run, which ends now and has claimed the number. */
  MigrationResult endAttempt(Outcome outcome) {
    return end(ofAttempt(outcome));
  }

  /**
   * The same at a given time.
   *
   * @param finishedAt by the clock by which it was started
   */
  MigrationResult endAttempt(Outcome outcome, Instant finishedAt) {
    return end(ofAttempt(outcome), finishedAt);
  }

  /**
   * The recorded result of an earlier run, as this one answers it.
   *
   * @param told adds what only this one has to say
   */
  MigrationResult replay(Replay replay, UnaryOperator<Outcome> told) {
    knows(replay.snapshot());
    MigrationResult result = replay.attempt().ending();
    return ends(
        result
            .withReplayed(true)
            .withOutcome(
                told.apply(shown(retryable(doubted(asAttempt(bare(result.outcome())), replay))))));
  }

  /** The run ends with this result, which may be one that another has recorded for it. */
  MigrationResult ends(MigrationResult result) {
    report.ended(result);
    return result;
  }

  private Outcome ofAttempt(Outcome outcome) {
    nextRetry = Retry.after(known.migrationId() + "/" + outcome.status());
    return asAttempt(outcome.withHarm(outcome.harmDone().orElse(null)));
  }

  /** One more attempt may follow one that WhatsApp refused, or whose effect is unknown. */
  private static Outcome asAttempt(Outcome outcome) {
    return outcome.withLiftable(outcome.mayBeRetried());
  }

  /** Whoever corrected something that nobody can compare any more says so by a retry. */
  private static Outcome doubted(Outcome outcome, Replay replay) {
    return replay
        .doubt()
        .map(it -> outcome.withNextStep(outcome.nextStep() + " " + it).withLiftable(true))
        .orElse(outcome);
  }

  /**
   * With what a retry has to say that is to lift it, where one can; else without, whatever an entry
   * of an earlier version has.
   */
  private Outcome retryable(Outcome outcome) {
    return outcome
        .withRetry(outcome.liftable() ? nextRetry.withState(outcome.retryState()) : null)
        .withLiftable(false);
  }

  private MigrationResult end(Outcome outcome, Instant finishedAt) {
    Instant finished = finishedAt.truncatedTo(ChronoUnit.MILLIS);
    return ends(
        known
            .outcome(shown(retryable(outcome)))
            .finishedAt(finished)
            .durationMs(Duration.between(known.startedAt(), finished).toMillis())
            .build());
  }

  /** An outcome without the event that the run of an upload has shown in it. */
  static Outcome bare(Outcome outcome) {
    return ShownEvent.takenOut(outcome);
  }

  private Outcome shown(Outcome outcome) {
    Outcome bare = bare(outcome);
    return delivery
        .upload()
        .map(it -> Optional.ofNullable(known.backup()).orElse(it.object()))
        .map(object -> ShownEvent.shownIn(bare, known.phoneNumberId(), object))
        .orElse(bare);
  }

  @Override
  public void close() {
    if (!toldByOthers) {
      report.tell();
    }
    logContext.close();
  }
}
