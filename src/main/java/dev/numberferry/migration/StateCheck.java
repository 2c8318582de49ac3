package dev.numberferry.migration;

import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.NumberState;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Reason;
import dev.numberferry.whatsapp.LookupResult;
import dev.numberferry.whatsapp.LookupResult.Denied;
import dev.numberferry.whatsapp.LookupResult.Failed;
import java.util.Optional;
import java.util.Set;

/** Whether a call may be made, as far as WhatsApp's own answer tells. */
final class StateCheck {

  private static final Set<String> CLOSED = Set.of("BANNED", "DELETED", "RESTRICTED");

  private StateCheck() {}

  /**
   * What keeps the call from being made.
   *
   * @param generatesPin whether a PIN is to be made, because two-step verification is off
   */
  static Optional<Outcome> check(
      MigrationRequest request, boolean generatesPin, LookupResult look) {
    if (look instanceof Denied denied) {
      return Optional.of(Outcome.rejected(denied.problem(), denied.nextStep()));
    }
    if (look instanceof Failed failed) {
      return Optional.of(
          Outcome.notSent(
              failed.problem(),
              "Nothing was sent: WhatsApp did not say where the number is; send the same event"
                  + " again in a few minutes."));
    }
    NumberState state = look.told().orElseThrow();
    return wrongNumber(request, state)
        .or(() -> wrongState(request, generatesPin, state))
        .map(ending -> ending.with(state));
  }

  private static Optional<Outcome> wrongNumber(MigrationRequest request, NumberState state) {
    if (request.expectedNumber().isEmpty()) {
      return Optional.empty();
    }
    if (state.displayPhoneNumber() == null) {
      return hold(
          request,
          "WhatsApp did not tell which phone number this id belongs to, so expectedNumber could not"
              + " be compared");
    }
    return digits(request.expectedNumber().get()).equals(digits(state.displayPhoneNumber()))
        ? Optional.empty()
        : Optional.of(
            Outcome.invalid(
                "expectedNumber",
                "is not the phone number that this phoneNumberId belongs to",
                "Correct phoneNumberId: this one would move somebody else's line."));
  }

  private static Optional<Outcome> wrongState(
      MigrationRequest request, boolean generatesPin, NumberState state) {
    if (state.hasMoved()) {
      return Optional.of(Outcome.alreadyMigrated(state));
    }
    if (state.isOnCloud()) {
      return hold(request, "the number is on the Cloud API, but its status is " + state.status());
    }
    if (state.status() != null && CLOSED.contains(state.status())) {
      return hold(request, "the number's status is " + state.status());
    }
    if (generatesPin && Boolean.TRUE.equals(state.pinEnabled())) {
      return Optional.of(
          Outcome.invalid(
              "pin",
              "says generate, but two-step verification is on",
              "Store the number's PIN in the secret: a random one would be a wrong one."));
    }
    if (generatesPin && state.pinEnabled() == null) {
      return hold(
          request,
          "WhatsApp did not tell whether two-step verification is on, and pin says generate");
    }
    return Optional.empty();
  }

  private static Optional<Outcome> hold(MigrationRequest request, String problem) {
    return request.retry().isPresent()
        ? Optional.empty()
        : Optional.of(
            Outcome.withheld(
                Reason.STATE,
                null,
                problem,
                "Look at the number in WhatsApp Manager; if you know better, send the event with a"
                    + " retry reason."));
  }

  private static String digits(String number) {
    return number.replaceAll("[^0-9]", "");
  }
}
