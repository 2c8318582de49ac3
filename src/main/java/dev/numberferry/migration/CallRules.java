package dev.numberferry.migration;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.RegisterLimit;
import dev.numberferry.domain.Status;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.Claim.Answer;
import dev.numberferry.ledger.Claim.Replay;
import dev.numberferry.ledger.Claim.Withheld;
import dev.numberferry.ledger.LedgerEntry;
import dev.numberferry.ledger.LedgerSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When {@code register} may be called, as far as the ledger's entry decides it. It looks at nothing
 * else and changes nothing.
 */
@ApplicationScoped
class CallRules {

  private final int maxCalls;
  private final Duration longestRun;

  @Inject
  CallRules(FerryConfig config) {
    this(config.maxCalls(), config.longestRun());
  }

  CallRules(int maxCalls, Duration longestRun) {
    this.maxCalls = maxCalls;
    this.longestRun = longestRun;
  }

  /**
   * What is settled whatever the number's state is; a brake comes after what needs no call.
   *
   * @param inputs nothing where the event's backup or secret cannot be used: what is wrong with
   *     them is the answer then, unless the number has moved and needs neither, or a result still
   *     has to be published
   */
  Optional<Answer> settled(
      LedgerSnapshot snapshot, MigrationRequest request, Optional<Inputs> inputs) {
    return known(snapshot, request, inputs).or(() -> braked(snapshot).map(Withheld::decided));
  }

  private Optional<Answer> known(
      LedgerSnapshot snapshot, MigrationRequest request, Optional<Inputs> inputs) {
    LedgerEntry entry = snapshot.entry();
    return entry
        .newest(it -> it.mayHaveCalled() && isSame(it, request, inputs))
        .<Answer>map(
            it -> it.isOpen() ? Withheld.duplicate(inProgress(it)) : new Replay(snapshot, it))
        .or(
            () ->
                entry
                    .open()
                    .filter(it -> inputs.isPresent())
                    .map(it -> Withheld.decided(inProgress(it))))
        .or(() -> RetryRules.alreadyMigrated(entry, request))
        .or(() -> RetryRules.outdated(entry, request));
  }

  /** What is answered instead of a call now. */
  Optional<Answer> answer(LedgerSnapshot snapshot, MigrationRequest request, Inputs inputs) {
    return settled(snapshot, request, Optional.of(inputs))
        .or(() -> heldBack(snapshot, request, inputs).map(Withheld::decided));
  }

  /** The same, as if there were no brake. */
  Optional<Answer> answerUnbraked(
      LedgerSnapshot snapshot, MigrationRequest request, Inputs inputs) {
    return known(snapshot, request, Optional.of(inputs))
        .or(() -> heldBack(snapshot, request, inputs).map(Withheld::decided));
  }

  /** Whether the brake holds back every number; no retry lifts that. */
  static Optional<Outcome> braked(LedgerSnapshot snapshot) {
    return Optional.ofNullable(snapshot.brake().engaged())
        .map(
            it ->
                Outcome.withheld(
                    Reason.BRAKE,
                    "the brake " + it.words(),
                    "Nothing was sent: look at GET /brake or its message BRAKED for what led there;"
                        + " when that is put right, release the brake, and send the same event"
                        + " again."));
  }

  private Optional<Outcome> heldBack(
      LedgerSnapshot snapshot, MigrationRequest request, Inputs inputs) {
    LedgerEntry entry = snapshot.entry();
    Instant now = snapshot.now();
    boolean retry = request.retry().isPresent();
    return HistoryRules.superseded(entry, request, inputs.current())
        .or(() -> PinRules.refused(entry, inputs.pins(), retry))
        .or(() -> retry ? Optional.empty() : HistoryRules.afterUnknown(entry))
        .or(() -> retry ? Optional.empty() : HistoryRules.blocked(entry, now))
        .or(() -> HistoryRules.callBudget(entry, retry ? RegisterLimit.CALLS : maxCalls, now));
  }

  private static boolean isSame(
      Attempt attempt, MigrationRequest request, Optional<Inputs> inputs) {
    return inputs
        .map(it -> attempt.key().isSameAs(it.key()))
        .orElseGet(
            () ->
                attempt.key().isGivenAs(request.backup().reference(), request.retry())
                    && (attempt.isOpen()
                        || !attempt.published()
                        || attempt.ended(Status.MIGRATED)));
  }

  private Outcome inProgress(Attempt open) {
    return Outcome.withheld(
            Reason.IN_PROGRESS,
            "another run has claimed the number",
            "Wait for its result on the topic; it comes within minutes.")
        .withUntil(open.claimedAt().plus(longestRun));
  }
}
