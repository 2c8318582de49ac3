package dev.numberferry.migration;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PinMatch;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.Upload;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * When {@code register} may be called, as far as the ledger's entry tells. It looks at nothing else
 * and changes nothing.
 */
@ApplicationScoped
class CallRules {

  /** Meta's limit; a call beyond it locks the number for 72 hours. */
  static final int META_LIMIT = 10;

  private static final Duration WINDOW = Duration.ofHours(72);

  /** PIN mismatch: this PIN is wrong, for certain. */
  private static final int WRONG_PIN = 133005;

  /** Codes that are about the PIN but can come with the right one. */
  private static final Set<Integer> DOUBTFUL_PIN = Set.of(133008, 133009, 131031);

  private final int maxCalls;

  @Inject
  CallRules(FerryConfig config) {
    this(config.maxCalls());
  }

  CallRules(int maxCalls) {
    this.maxCalls = maxCalls;
  }

  /**
   * What is settled whatever the number's state is.
   *
   * @param inputs nothing where the event's backup or secret cannot be used: a number that has
   *     moved needs neither, and both may be gone by now
   */
  Optional<Answer> settled(
      LedgerSnapshot snapshot, MigrationRequest request, Optional<Inputs> inputs) {
    LedgerEntry entry = snapshot.entry();
    Optional<Answer> same =
        entry
            .newest(it -> it.mayHaveCalled() && isSame(it, request, inputs))
            .map(it -> it.isOpen() ? new Withheld(inProgress(), true) : new Replay(snapshot, it));
    return same.or(
            () ->
                entry
                    .open()
                    .filter(it -> inputs.isPresent())
                    .map(it -> new Withheld(inProgress(), false)))
        .or(
            () ->
                entry
                    .newest(it -> it.ended(Status.MIGRATED))
                    .map(it -> new Withheld(Outcome.alreadyMigrated(), false)));
  }

  /** What stands against a call now. */
  Optional<Answer> answer(LedgerSnapshot snapshot, MigrationRequest request, Inputs inputs) {
    return settled(snapshot, request, Optional.of(inputs))
        .or(() -> against(snapshot, request, inputs).map(outcome -> new Withheld(outcome, false)));
  }

  private Optional<Outcome> against(
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
                attempt
                    .key()
                    .isGivenAs(request.backup().reference(), request.retry().orElse(null)));
  }

  private static Optional<Outcome> superseded(LedgerEntry entry, MigrationRequest request) {
    Optional<Instant> time = request.delivery().upload().map(Upload::time);
    return entry
        .newest(it -> time.filter(mine -> isAfter(it.eventTime(), mine)).isPresent())
        .map(
            it ->
                Outcome.withheld(
                    Reason.SUPERSEDED,
                    "a newer upload of this number's backup came first, in migration "
                        + it.migrationId(),
                    "Nothing is to do, unless this older backup is the right one: then upload it"
                        + " again."));
  }

  private static Optional<Outcome> pinRefused(
      LedgerEntry entry, Function<Attempt, PinMatch> pins, boolean retry) {
    for (Attempt attempt : entry.attempts()) {
      boolean wrong = attempt.hasCode(WRONG_PIN);
      if (!wrong && (retry || DOUBTFUL_PIN.stream().noneMatch(attempt::hasCode))) {
        continue;
      }
      PinMatch pin = pins.apply(attempt);
      if (pin == PinMatch.SAME || pin == PinMatch.GONE && !retry) {
        return Optional.of(pinRefused(pin, wrong));
      }
    }
    return Optional.empty();
  }

  private static Outcome pinRefused(PinMatch pin, boolean wrong) {
    String other = "Find out the number's PIN and store it in the secret";
    String cure =
        wrong && pin == PinMatch.SAME
            ? other + "; a retry does not lift this."
            : other + ", or send the event with a retry reason if you are sure of this one.";
    return Outcome.withheld(
        Reason.PIN_REFUSED,
        pin == PinMatch.SAME
            ? "WhatsApp has refused this PIN before"
            : "WhatsApp has refused a PIN of this number, and Secrets Manager no longer has it to"
                + " compare",
        cure);
  }

  private static Optional<Outcome> afterUnknown(LedgerEntry entry) {
    return entry
        .newest(Attempt::mayHaveCalled)
        .filter(it -> it.ended(Status.UNKNOWN))
        .map(
            it ->
                Outcome.withheld(
                    Reason.AFTER_UNKNOWN,
                    "the effect of the call in migration " + it.migrationId() + " is unknown",
                    "Look at the number in WhatsApp Manager and at the old deployment; if the"
                        + " number has not moved, send the event with a retry reason."));
  }

  private static Optional<Outcome> blocked(LedgerEntry entry, Instant now) {
    return entry
        .newest(it -> it.result() != null && isAfter(it.result().outcome().retryAfter(), now))
        .map(
            it ->
                Outcome.withheld(
                        Reason.BLOCKED,
                        "WhatsApp wants a wait after code " + it.result().outcome().error().code(),
                        "Wait until then, and send the event with a retry reason.")
                    .withUntil(it.result().outcome().retryAfter()));
  }

  private static Optional<Outcome> callBudget(LedgerEntry entry, int limit, Instant now) {
    List<Instant> calls =
        entry.attempts().stream()
            .filter(Attempt::mayHaveCalled)
            .map(Attempt::calledAt)
            .filter(it -> it.isAfter(now.minus(WINDOW)))
            .sorted()
            .toList();
    if (calls.size() < limit) {
      return Optional.empty();
    }
    return Optional.of(
        Outcome.withheld(
                Reason.CALL_BUDGET,
                calls.size() + " register calls in 72 hours, and WhatsApp locks a number after 10",
                limit == META_LIMIT
                    ? "Wait until then: not even a retry goes beyond WhatsApp's limit."
                    : "Find out why so many failed; then wait until then, or send the event with a"
                        + " retry reason.")
            .withUntil(calls.get(calls.size() - limit).plus(WINDOW)));
  }

  private static boolean isAfter(Instant time, Instant now) {
    return time != null && time.isAfter(now);
  }

  private static Outcome inProgress() {
    return Outcome.withheld(
        Reason.IN_PROGRESS,
        "another run has claimed the number",
        "Wait for its result on the topic; it comes within minutes.");
  }
}
