package dev.numberferry.migration;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PinMatch;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Retry;
import dev.numberferry.domain.Status;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.Claim.Answer;
import dev.numberferry.ledger.Claim.Replay;
import dev.numberferry.ledger.Claim.Withheld;
import dev.numberferry.ledger.LedgerEntry;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.ledger.RefusedPin;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * When {@code register} may be called, as far as the ledger's entry decides it. It looks at nothing
 * else and changes nothing.
 */
@ApplicationScoped
class CallRules {

  /** Meta's limit: the call after so many locks the number for 72 hours. */
  static final int META_LIMIT = 10;

  /** How many attempts the answer to an outdated retry names. */
  private static final int NEWS = 10;

  private static final String IF_SURE =
      ", or send the event with a retry if you are sure of this one.";

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
    return known(snapshot, request, inputs)
        .or(() -> braked(snapshot).map(outcome -> new Withheld(outcome, false)));
  }

  private Optional<Answer> known(
      LedgerSnapshot snapshot, MigrationRequest request, Optional<Inputs> inputs) {
    LedgerEntry entry = snapshot.entry();
    return entry
        .newest(it -> it.mayHaveCalled() && isSame(it, request, inputs))
        .map(it -> it.isOpen() ? inProgress(it, true) : new Replay(snapshot, it))
        .or(() -> entry.open().filter(it -> inputs.isPresent()).map(it -> inProgress(it, false)))
        .or(() -> alreadyMigrated(entry, request))
        .or(() -> outdatedRetry(entry, request));
  }

  /** What is answered instead of a call now. */
  Optional<Answer> answer(LedgerSnapshot snapshot, MigrationRequest request, Inputs inputs) {
    return settled(snapshot, request, Optional.of(inputs))
        .or(() -> heldBack(snapshot, request, inputs).map(outcome -> new Withheld(outcome, false)));
  }

  /** The same, as if there were no brake. */
  Optional<Answer> answerUnbraked(
      LedgerSnapshot snapshot, MigrationRequest request, Inputs inputs) {
    return known(snapshot, request, Optional.of(inputs))
        .or(() -> heldBack(snapshot, request, inputs).map(outcome -> new Withheld(outcome, false)));
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
    return superseded(entry, request)
        .or(() -> pinRefused(entry, inputs.pins(), retry))
        .or(() -> retry ? Optional.empty() : afterUnknown(entry))
        .or(() -> retry ? Optional.empty() : blocked(entry, now))
        .or(() -> callBudget(entry, retry ? META_LIMIT : maxCalls, now));
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

  /** The number has moved, unless an operator who knows of that wants one more attempt. */
  private static Optional<Answer> alreadyMigrated(LedgerEntry entry, MigrationRequest request) {
    return entry
        .newestCall()
        .filter(it -> it.ended(Status.MIGRATED))
        .filter(it -> request.retry().filter(entry::isKnownTo).isEmpty())
        .map(it -> new Withheld(Outcome.alreadyMigrated(), false));
  }

  private static Optional<Answer> outdatedRetry(LedgerEntry entry, MigrationRequest request) {
    return request
        .retry()
        .filter(it -> !entry.isKnownTo(it))
        .map(
            it ->
                liftable(
                    entry,
                    Outcome.withheld(
                        Reason.OUTDATED_RETRY,
                        "retry.after is %s, and %s".formatted(it.after(), since(entry, it)),
                        "Find out what these attempts did; if there is to be one more after them,"
                            + " send the event with the retry.after of this result.")))
        .map(outcome -> new Withheld(outcome, false));
  }

  /** What an operator does not know who knows the history up to a retry's word. */
  private static String since(LedgerEntry entry, Retry retry) {
    List<String> calls =
        entry.attempts().stream()
            .filter(it -> it.mayHaveCalled() && !it.key().isRetry(retry))
            .map(Attempt::reference)
            .toList();
    if (calls.isEmpty()) {
      return "the number has no attempt";
    }
    int known = calls.indexOf(retry.after());
    List<String> news = calls.subList(Math.max(known + 1, calls.size() - NEWS), calls.size());
    return (known < 0 && !retry.after().equals(Retry.NONE)
            ? "that is no attempt of this number as it stands; its newest are "
            : "since then came ")
        + String.join(", ", news);
  }

  private static Optional<Outcome> superseded(LedgerEntry entry, MigrationRequest request) {
    return request
        .delivery()
        .upload()
        .filter(mine -> entry.uploads().anyMatch(it -> it.isNewerThan(mine)))
        .map(
            mine ->
                Outcome.withheld(
                    Reason.SUPERSEDED,
                    "a newer upload of this number's backup is known",
                    "Upload this older backup again if it is the right one, else leave it."));
  }

  private static Optional<Outcome> pinRefused(
      LedgerEntry entry, Function<RefusedPin, PinMatch> pins, boolean retry) {
    return entry
        .refusedPins()
        .filter(it -> it.isWrong() || !retry)
        .flatMap(it -> pinRefused(entry, it, pins.apply(it), retry).stream())
        .findFirst();
  }

  private static Optional<Outcome> pinRefused(
      LedgerEntry entry, RefusedPin refused, PinMatch match, boolean retry) {
    String cure = "Find out the number's PIN and store it in the secret";
    return switch (match) {
      case OTHER -> Optional.empty();
      case SAME -> {
        Outcome outcome =
            Outcome.withheld(
                Reason.PIN_REFUSED,
                "WhatsApp has refused this PIN before",
                refused.isWrong() ? cure + "; a retry does not lift this." : cure + IF_SURE);
        yield Optional.of(refused.isWrong() ? outcome : liftable(entry, outcome));
      }
      case GONE ->
          retry
              ? Optional.empty()
              : Optional.of(
                  liftable(
                      entry,
                      Outcome.withheld(
                          Reason.PIN_REFUSED,
                          "WhatsApp has refused a PIN of this number, and Secrets Manager no longer"
                              + " has it to compare",
                          cure + IF_SURE)));
    };
  }

  private static Optional<Outcome> afterUnknown(LedgerEntry entry) {
    return entry
        .newestCall()
        .filter(it -> it.ended(Status.UNKNOWN))
        .map(
            it ->
                Outcome.withheld(
                    Reason.AFTER_UNKNOWN,
                    "the effect of the call in migration " + it.migrationId() + " is unknown",
                    "Look at the number in WhatsApp Manager and at the old deployment; if the"
                        + " number has not moved, send the event with a retry."))
        .map(outcome -> liftable(entry, outcome));
  }

  private static Optional<Outcome> blocked(LedgerEntry entry, Instant now) {
    return entry
        .newest(it -> it.result() != null && isAfter(it.result().outcome().retryAfter(), now))
        .map(it -> it.result().outcome())
        .map(
            it ->
                Outcome.withheld(
                        Reason.BLOCKED,
                        "WhatsApp wants a wait after code " + it.error().code(),
                        "Wait until then, and send the event with a retry.")
                    .withUntil(it.retryAfter()))
        .map(outcome -> liftable(entry, outcome));
  }

  private static Optional<Outcome> callBudget(LedgerEntry entry, int limit, Instant now) {
    List<Instant> calls =
        entry.attempts().stream()
            .filter(Attempt::mayHaveCalled)
            .map(Attempt::calledAt)
            .filter(it -> it.isAfter(now.minus(LedgerEntry.CALL_WINDOW)))
            .sorted()
            .toList();
    if (calls.size() < limit) {
      return Optional.empty();
    }
    Outcome outcome =
        Outcome.withheld(
                Reason.CALL_BUDGET,
                calls.size() + " register calls in 72 hours, and WhatsApp allows 10",
                calls.size() >= META_LIMIT
                    ? "Wait until then: not even a retry goes beyond WhatsApp's limit."
                    : "Find out why so many failed; then wait until then, or send the event with a"
                        + " retry.")
            .withUntil(calls.get(calls.size() - limit).plus(LedgerEntry.CALL_WINDOW));
    return Optional.of(calls.size() >= META_LIMIT ? outcome : liftable(entry, outcome));
  }

  private static Outcome liftable(LedgerEntry entry, Outcome outcome) {
    return outcome.withRetry(entry.nextRetry());
  }

  private static boolean isAfter(Instant time, Instant now) {
    return time != null && time.isAfter(now);
  }

  private Answer inProgress(Attempt open, boolean sameRun) {
    Outcome outcome =
        Outcome.withheld(
                Reason.IN_PROGRESS,
                "another run has claimed the number",
                "Wait for its result on the topic; it comes within minutes.")
            .withUntil(open.claimedAt().plus(longestRun));
    return new Withheld(outcome, sameRun);
  }
}
