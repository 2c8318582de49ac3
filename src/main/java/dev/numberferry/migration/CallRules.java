package dev.numberferry.migration;

import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Status;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.AttemptKey;
import dev.numberferry.ledger.LedgerEntry;
import dev.numberferry.migration.Decision.Go;
import dev.numberferry.migration.Decision.Hold;
import dev.numberferry.migration.Decision.Replay;
import dev.numberferry.secrets.NumberSecrets.Comparison;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * When {@code register} may be called, as far as the ledger's entry tells. It looks at nothing else
 * and changes nothing.
 */
final class CallRules {

  /** Meta's limit; a call beyond it locks the number for 72 hours. */
  static final int META_LIMIT = 10;

  private static final Duration WINDOW = Duration.ofHours(72);

  /** PIN mismatch: this PIN is wrong, for certain. */
  private static final int WRONG_PIN = 133005;

  /** Codes that are about the PIN but can come with the right one. */
  private static final Set<Integer> DOUBTFUL_PIN = Set.of(133008, 133009, 131031);

  /** Compares the PIN at hand with the one that an attempt sent. */
  interface PinComparison {
    Comparison with(Attempt attempt);
  }

  private final int maxCalls;

  CallRules(int maxCalls) {
    this.maxCalls = maxCalls;
  }

  /** What is settled whatever the number's state is. */
  Decision settled(LedgerEntry entry, AttemptKey key) {
    Optional<Attempt> same = entry.newest(it -> it.mayHaveCalled() && it.key().isSameAs(key));
    if (same.isPresent()) {
      return same.get().isOpen() ? new Hold(inProgress(), true) : new Replay(same.get());
    }
    if (entry.open().isPresent()) {
      return new Hold(inProgress());
    }
    return entry
        .newest(it -> it.ended(Status.MIGRATED))
        .<Decision>map(it -> new Hold(Outcome.alreadyMigrated(null)))
        .orElse(new Go());
  }

  /** What is settled for an event whose backup or secret are gone. */
  Optional<Decision> settled(LedgerEntry entry, String backupGiven, Optional<String> retry) {
    Optional<Decision> same =
        entry
            .newest(it -> it.mayHaveCalled() && it.key().isGivenAs(backupGiven, retry.orElse(null)))
            .map(it -> it.isOpen() ? new Hold(inProgress(), true) : new Replay(it));
    return same.or(
        () ->
            entry
                .newest(it -> it.ended(Status.MIGRATED))
                .map(it -> new Hold(Outcome.alreadyMigrated(null))));
  }

  /**
   * Whether the call may be made now.
   *
   * @param eventTime when the backup was uploaded, or null where no upload started this
   */
  Decision decide(
      LedgerEntry entry, AttemptKey key, Instant eventTime, PinComparison pins, Instant now) {
    Decision settled = settled(entry, key);
    if (!(settled instanceof Go)) {
      return settled;
    }
    boolean retry = key.retry() != null;
    return Stream.of(
            superseded(entry, eventTime),
            pinRefused(entry, pins, retry),
            retry ? Optional.<Outcome>empty() : afterUnknown(entry),
            retry ? Optional.<Outcome>empty() : blocked(entry, now),
            callBudget(entry, retry ? META_LIMIT : maxCalls, now))
        .flatMap(Optional::stream)
        .findFirst()
        .<Decision>map(Hold::new)
        .orElse(settled);
  }

  private static Optional<Outcome> superseded(LedgerEntry entry, Instant eventTime) {
    return entry
        .newest(it -> it.isNewerThan(eventTime))
        .map(
            it ->
                Outcome.withheld(
                    Reason.SUPERSEDED,
                    null,
                    "a newer upload of this number's backup came first, in migration "
                        + it.migrationId(),
                    "Nothing is to do, unless this older backup is the right one: then upload it"
                        + " again."));
  }

  private static Optional<Outcome> pinRefused(
      LedgerEntry entry, PinComparison pins, boolean retry) {
    for (Attempt attempt : entry.attempts()) {
      boolean wrong = attempt.hasCode(WRONG_PIN);
      if (!wrong && (retry || DOUBTFUL_PIN.stream().noneMatch(attempt::hasCode))) {
        continue;
      }
      Comparison pin = pins.with(attempt);
      if (pin == Comparison.SAME || pin == Comparison.GONE && !retry) {
        return Optional.of(pinRefused(pin, wrong));
      }
    }
    return Optional.empty();
  }

  private static Outcome pinRefused(Comparison pin, boolean wrong) {
    String other = "Find out the number's PIN and store it in the secret";
    String cure =
        wrong && pin == Comparison.SAME
            ? other + "; a retry does not lift this."
            : other + ", or send the event with a retry reason if you are sure of this one.";
    return Outcome.withheld(
        Reason.PIN_REFUSED,
        null,
        pin == Comparison.SAME
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
                    null,
                    "the effect of the call in migration " + it.migrationId() + " is unknown",
                    "Look at the number in WhatsApp Manager and at the old deployment; if the"
                        + " number has not moved, send the event with a retry reason."));
  }

  private static Optional<Outcome> blocked(LedgerEntry entry, Instant now) {
    return entry
        .newest(it -> it.result() != null && isAfter(it.result().retryAfter(), now))
        .map(
            it ->
                Outcome.withheld(
                    Reason.BLOCKED,
                    it.result().retryAfter(),
                    "WhatsApp wants a wait after code " + it.result().error().code(),
                    "Wait until then, and send the event with a retry reason."));
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
            calls.get(calls.size() - limit).plus(WINDOW),
            calls.size() + " register calls in 72 hours, and WhatsApp locks a number after 10",
            limit == META_LIMIT
                ? "Wait until then: not even a retry goes beyond WhatsApp's limit."
                : "Find out why so many failed; then wait until then, or send the event with a"
                    + " retry reason."));
  }

  private static boolean isAfter(Instant time, Instant now) {
    return time != null && time.isAfter(now);
  }

  private static Outcome inProgress() {
    return Outcome.withheld(
        Reason.IN_PROGRESS,
        null,
        "another run has claimed the number",
        "Wait for its result on the topic; it comes within minutes.");
  }
}
