package dev.numberferry.domain;

import java.util.Locale;
import java.util.Optional;

/**
 * How soon a person has to look at how a run ended. Mails, alarms, metrics and the level of a run's
 * last line go by this one rule.
 */
public enum Urgency {
  /** A line may be down, or a result may be lost: whoever is on call gets up. */
  NOW,
  /** Somebody has to do something before the number moves, or before it works there. */
  SOON,
  /** It is as it should be, or comes again by itself. */
  NONE;

  /** The urgency of a run that ended so, and was no dry run: a rehearsal wakes nobody. */
  public static Urgency of(Outcome outcome) {
    if (outcome.harm() != null) {
      return ofHarm(outcome.harm());
    }
    return switch (outcome.status()) {
      case UNKNOWN -> NOW;
      case REJECTED, INVALID -> SOON;
      case MIGRATED -> ofMoved(outcome);
      case WITHHELD -> Optional.ofNullable(outcome.reason()).map(Urgency::ofReason).orElse(SOON);
      case NOT_SENT, ALREADY_MIGRATED, READY, NOT_READY -> NONE;
    };
  }

  private static Urgency ofHarm(Harm harm) {
    return switch (harm) {
      case LINE_DOWN, UNCLEAR -> NOW;
    };
  }

  private static Urgency ofReason(Reason reason) {
    return switch (reason) {
      case PIN_REFUSED, AFTER_UNKNOWN, BLOCKED, CALL_BUDGET, STATE, OUTDATED_RETRY -> SOON;
      case IN_PROGRESS, SUPERSEDED, BRAKE -> NONE;
    };
  }

  /** It has moved, but messages are held back, or those of users reach nobody. */
  private static Urgency ofMoved(Outcome outcome) {
    return outcome.cutsTheNumberOff() ? SOON : NONE;
  }

  /** As message attributes and log lines have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
