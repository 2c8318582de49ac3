package dev.numberferry.rules;

import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.VersionMatch;
import dev.numberferry.ledger.LedgerEntry;
import dev.numberferry.ledger.RefusedPin;
import java.util.Optional;
import java.util.function.Function;

/** Holds back a PIN that WhatsApp has refused before. */
final class PinRules {

  private static final String IF_SURE =
      ", or send the event with a retry if you are sure of this one.";

  private PinRules() {}

  static Optional<Outcome> refused(
      LedgerEntry entry, Function<RefusedPin, VersionMatch> pins, boolean retry) {
    return entry
        .refusedPins()
        .filter(it -> it.isWrong() || !retry)
        .flatMap(it -> refused(it, pins.apply(it), retry).stream())
        .findFirst();
  }

  private static Optional<Outcome> refused(RefusedPin refused, VersionMatch match, boolean retry) {
    String cure = "Find out the number's PIN and store it in the secret";
    return switch (match) {
      case OTHER -> Optional.empty();
      case SAME ->
          Optional.of(
              Outcome.withheld(
                      Reason.PIN_REFUSED,
                      "WhatsApp has refused this PIN before",
                      refused.isWrong() ? cure + "; a retry does not lift this." : cure + IF_SURE)
                  .withLiftable(!refused.isWrong()));
      case GONE ->
          notCompared(
              retry,
              "WhatsApp has refused a PIN of this number, and Secrets Manager no longer has it to"
                  + " compare",
              cure + ", and send the event with a retry, for whatever PIN.");
      case UNREADABLE ->
          notCompared(
              retry,
              "WhatsApp has refused a PIN of this number, and its secret %s cannot be read"
                  .formatted(refused.secretId()),
              "Let the functions read secret %s again, and send the same event; or find out the"
                      .formatted(refused.secretId())
                  + " number's PIN, store it in the number's secret, and send the event with a"
                  + " retry.");
    };
  }

  /** Nobody can compare the two: whether they are the same is a person's word. */
  private static Optional<Outcome> notCompared(boolean retry, String message, String nextStep) {
    return retry
        ? Optional.empty()
        : Optional.of(Outcome.withheld(Reason.PIN_REFUSED, message, nextStep).withLiftable(true));
  }
}
