package dev.numberferry.rules;

import dev.numberferry.domain.BrakeState;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.RegisterLimit;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.VersionMatch;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.Claim.Answer;
import dev.numberferry.ledger.Claim.Replay;
import dev.numberferry.ledger.Claim.Withheld;
import dev.numberferry.ledger.LedgerEntry;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.ledger.RefusedPin;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When {@code register} may be called, as far as the ledger's entry decides it. It looks at nothing
 * else and changes nothing.
 */
public final class CallRules {

  /** So much later than it may be let through, a retry is let through for certain. */
  private static final Duration TO_BE_SURE = Duration.ofSeconds(1);

  private final int maxCalls;
  private final Duration longestRun;

  /**
   * @param maxCalls so many calls in 72 hours need no retry
   * @param longestRun after this time from its claim a run is over; and so is a call, after this
   *     time from the end that the ledger has of it
   */
  public CallRules(int maxCalls, Duration longestRun) {
    this.maxCalls = maxCalls;
    this.longestRun = longestRun;
  }

  /**
   * What is settled whatever the number's state is; a brake comes after what needs no call.
   *
   * @param facts nothing where the event's backup or secret cannot be used: what is wrong with them
   *     is the answer then, unless the number has moved and needs neither, or a result still has to
   *     be published
   */
  public Optional<Answer> settled(
      LedgerSnapshot snapshot, MigrationRequest request, Optional<CallFacts> facts) {
    return known(snapshot, request, facts)
        .or(() -> braked(snapshot).map(it -> Withheld.decided(snapshot, it)));
  }

  private Optional<Answer> known(
      LedgerSnapshot snapshot, MigrationRequest request, Optional<CallFacts> facts) {
    LedgerEntry entry = snapshot.entry();
    return entry
        .newest(it -> it.mayHaveCalled() && isSame(entry, it, request, facts))
        .filter(it -> !isRefusedPinAgain(it, facts))
        .<Answer>map(
            it ->
                it.isOpen()
                    ? Withheld.duplicate(snapshot, inProgress(it))
                    : new Replay(snapshot, it, facts.flatMap(known -> doubt(it, known))))
        .or(
            () ->
                entry
                    .open()
                    .filter(it -> facts.isPresent())
                    .map(it -> Withheld.decided(snapshot, inProgress(it))))
        .or(
            () ->
                RetryRules.alreadyMigrated(entry, request)
                    .or(() -> RetryRules.outdated(entry, request))
                    .or(() -> facts.flatMap(it -> atWork(snapshot, request)))
                    .map(it -> Withheld.decided(snapshot, it)));
  }

  /** What is answered instead of a call now. */
  public Optional<Answer> answer(
      LedgerSnapshot snapshot, MigrationRequest request, CallFacts facts) {
    return settled(snapshot, request, Optional.of(facts))
        .or(() -> heldBack(snapshot, request, facts));
  }

  /** The same, as if there were no brake. */
  public Optional<Answer> answerUnbraked(
      LedgerSnapshot snapshot, MigrationRequest request, CallFacts facts) {
    return known(snapshot, request, Optional.of(facts))
        .or(() -> heldBack(snapshot, request, facts));
  }

  /**
   * How a call ended, with from when on a retry is let through where nobody knows what it did.
   *
   * @param endedAt when it was over, by the ledger's clock
   */
  public Outcome withRetryAfter(Outcome outcome, Instant endedAt) {
    return outcome.status() == Status.UNKNOWN
        ? outcome.withRetryIn(Optional.of(longestRun.plus(TO_BE_SURE)), endedAt)
        : outcome;
  }

  /** Whether the brake holds back every number; no retry lifts that. */
  public static Optional<Outcome> braked(LedgerSnapshot snapshot) {
    return Optional.of(snapshot.brake())
        .filter(BrakeState::isEngaged)
        .map(
            it ->
                Outcome.withheld(
                    Reason.BRAKE,
                    "the brake " + it.words(),
                    "Nothing was sent: look at GET /brake or its message BRAKED for what led there;"
                        + " when that is put right, release the brake (brakeId %s), and send the"
                            .formatted(String.join(" and ", it.brakeIds()))
                        + " same event again."));
  }

  private Optional<Answer> heldBack(
      LedgerSnapshot snapshot, MigrationRequest request, CallFacts facts) {
    LedgerEntry entry = snapshot.entry();
    Instant now = snapshot.now();
    boolean retry = request.retry().isPresent();
    return HistoryRules.superseded(entry, request, facts.successor())
        .or(() -> HistoryRules.locked(entry, now))
        .or(() -> PinRules.refused(entry, facts.pins(), retry))
        .or(
            () ->
                retry ? Optional.empty() : HistoryRules.afterUnknown(entry, atWorkUntil(snapshot)))
        .or(() -> retry ? Optional.empty() : HistoryRules.blocked(entry, now))
        .or(() -> HistoryRules.callBudget(entry, retry ? RegisterLimit.CALLS : maxCalls, now))
        .map(it -> Withheld.decided(snapshot, it));
  }

  private static boolean isSame(
      LedgerEntry entry, Attempt attempt, MigrationRequest request, Optional<CallFacts> facts) {
    return facts
        .map(
            it ->
                it.isSameVersion(attempt.key())
                    || (it.isForEntryToTell(attempt.key()) && isSameEntry(entry, attempt, it)))
        .orElseGet(
            () ->
                attempt.key().isGivenAs(request.backup().reference(), request.retry())
                    && (attempt.isOpen()
                        || !attempt.published()
                        || attempt.ended(Status.MIGRATED)));
  }

  /**
   * Whether an attempt with another version of a secret for many numbers is this one again. A
   * number that has moved needs no other call, whatever its entry is now: no earlier version is
   * read for that. And no older attempt is the answer after a call of which nobody knows what it
   * did.
   */
  private static boolean isSameEntry(LedgerEntry entry, Attempt attempt, CallFacts facts) {
    Attempt newest = entry.newestCall().orElseThrow();
    if (newest.ended(Status.MIGRATED)) {
      return newest.equals(attempt);
    }
    return (newest.equals(attempt) || !newest.ended(Status.UNKNOWN))
        && facts.compareEntry(attempt.key()) != VersionMatch.OTHER;
  }

  /**
   * A refused PIN in another version of the secret: the rule about PINs has the words for whoever
   * has corrected something, as with a secret of the number's own. What was not published yet is
   * completed first, as its harm counts for the brake from then on.
   */
  private static boolean isRefusedPinAgain(Attempt attempt, Optional<CallFacts> facts) {
    return RefusedPin.isOne(attempt)
        && attempt.published()
        && facts.filter(it -> !it.isSameVersion(attempt.key())).isPresent();
  }

  /**
   * Where nobody can tell any more what an attempt was made with, it is taken for the same: a call
   * too many cannot be taken back, and a retry makes up for one too few. An unknown outcome says
   * itself what to do.
   */
  private static Optional<String> doubt(Attempt attempt, CallFacts facts) {
    if (facts.isSameVersion(attempt.key()) || !attempt.ended(Status.REJECTED)) {
      return Optional.empty();
    }
    String secret = attempt.key().secretId();
    return switch (facts.compareEntry(attempt.key())) {
      case SAME, OTHER -> Optional.empty();
      case GONE ->
          Optional.of(
              ("Secrets Manager no longer has the version of secret %s that this attempt was made"
                      + " with: if the number's entry is another one now, send the event with a"
                      + " retry.")
                  .formatted(secret));
      case UNREADABLE ->
          Optional.of(
              ("These functions may not read the version of secret %s that this attempt was made"
                      + " with: let them read secret %s again, and send the same event; or, if the"
                      + " number's entry is another one now, send the event with a retry.")
                  .formatted(secret, secret));
    };
  }

  private Outcome inProgress(Attempt open) {
    return Outcome.withheld(
            Reason.IN_PROGRESS,
            "another run has claimed the number",
            "Wait for its result, within minutes: the topic tells it unless it has heard the same"
                + " before, and GET /migrations/{phoneNumberId} does.")
        .withUntil(open.claimedAt().plus(longestRun));
  }

  /** Two calls at the same time are two wherever they are: a retry comes after the last one. */
  private Optional<Outcome> atWork(LedgerSnapshot snapshot, MigrationRequest request) {
    return request
        .retry()
        .flatMap(retry -> atWorkUntil(snapshot))
        .map(
            until ->
                Outcome.withheld(
                        Reason.IN_PROGRESS,
                        "WhatsApp may still be at work on the last call for this number",
                        "Wait until then, and send the same event again; a queue's message comes"
                            + " again by itself.")
                    .withUntil(until));
  }

  private Optional<Instant> atWorkUntil(LedgerSnapshot snapshot) {
    return HistoryRules.atWorkUntil(snapshot.entry(), longestRun, snapshot.now());
  }
}
