package dev.numberferry.migration;

import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.NumberState;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Retry;
import dev.numberferry.secrets.NumberSecret;
import dev.numberferry.secrets.NumberSecrets;
import dev.numberferry.whatsapp.LookupResult;
import dev.numberferry.whatsapp.NumberLookup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Asks WhatsApp where the number is before anything is touched, and whether a call may be made. */
@ApplicationScoped
class Preflight {

  private static final Logger LOG = Logger.getLogger(Preflight.class);
  private static final Set<String> CLOSED = Set.of("BANNED", "DELETED", "RESTRICTED");

  private final NumberLookup lookup;
  private final NumberSecrets secrets;

  Preflight(NumberLookup lookup, NumberSecrets secrets) {
    this.lookup = lookup;
    this.secrets = secrets;
  }

  /**
   * What WhatsApp answered.
   *
   * @param secret with a token that WhatsApp takes, if there is one
   * @param seen the number's state, where the answer has it
   * @param obstacle what keeps the call from being made
   */
  record Check(NumberSecret secret, Optional<NumberState> seen, Optional<Outcome> obstacle) {}

  /**
   * @param next what a retry has to say that is to lift an obstacle
   */
  Check check(MigrationRequest request, NumberSecret secret, Retry next) {
    LookupResult look = lookup.look(request.phoneNumberId(), secret.token());
    if (look.tokenRefused()) {
      Optional<NumberSecret> fresh = secrets.withFreshToken(secret);
      if (fresh.isPresent()) {
        LOG.info("The shared token was refused, and there is a newer one");
        LookupResult again = lookup.look(request.phoneNumberId(), fresh.get().token());
        return check(request, fresh.get(), again, next);
      }
    }
    return check(request, secret, look, next);
  }

  private static Check check(
      MigrationRequest request, NumberSecret secret, LookupResult look, Retry next) {
    look.state()
        .ifPresent(it -> LOG.infof("The number is on %s, %s", it.platformType(), it.status()));
    Optional<Outcome> obstacle =
        obstacle(request, secret.pin().isEmpty(), look)
            .map(it -> isLiftable(it) ? it.withRetry(next) : it);
    return new Check(secret, look.state(), obstacle);
  }

  /** A number on the Cloud API is never called, whatever an operator knows. */
  private static boolean isLiftable(Outcome obstacle) {
    return obstacle.reason() == Reason.STATE && !obstacle.seen().isOnCloud();
  }

  /**
   * What keeps the call from being made, as far as WhatsApp's answer decides it.
   *
   * @param generatesPin whether a PIN is to be made, because two-step verification is off
   */
  static Optional<Outcome> obstacle(
      MigrationRequest request, boolean generatesPin, LookupResult look) {
    return look.match(
        seen ->
            wrongNumber(request, seen.number())
                .or(() -> wrongState(request, generatesPin, seen.number()))
                .map(outcome -> outcome.withSeen(seen.number())),
        denied -> Optional.of(Outcome.rejected(denied.error(), denied.nextStep())),
        failed ->
            Optional.of(
                Outcome.notSent(
                    failed.error(),
                    "Nothing was sent: WhatsApp did not say where the number is; send the same"
                        + " event again in a few minutes.")));
  }

  private static Optional<Outcome> wrongNumber(MigrationRequest request, NumberState state) {
    if (request.expectedNumber().isEmpty()) {
      return Optional.empty();
    }
    if (state.displayPhoneNumber() == null) {
      return withheld(
          request,
          "WhatsApp did not tell which phone number this id belongs to, so expectedNumber could not"
              + " be compared");
    }
    return digits(request.expectedNumber().get()).equals(digits(state.displayPhoneNumber()))
        ? Optional.empty()
        : invalid(
            "expectedNumber",
            "is not the phone number that this phoneNumberId belongs to",
            "Correct phoneNumberId: this one would move somebody else's line.");
  }

  private static Optional<Outcome> wrongState(
      MigrationRequest request, boolean generatesPin, NumberState state) {
    if (state.hasMoved()) {
      return Optional.of(Outcome.alreadyMigrated());
    }
    if (state.isOnCloud()) {
      return withheld(
          request, "the number is on the Cloud API, but its status is " + state.status());
    }
    if (state.status() != null && CLOSED.contains(state.status())) {
      return withheld(request, "the number's status is " + state.status());
    }
    if (generatesPin && Boolean.TRUE.equals(state.pinEnabled())) {
      return invalid(
          "pin",
          "says generate, but two-step verification is on",
          "Store the number's PIN in the secret: a random one would be a wrong one.");
    }
    if (generatesPin && state.pinEnabled() == null) {
      return withheld(
          request,
          "WhatsApp did not tell whether two-step verification is on, and pin says generate");
    }
    return Optional.empty();
  }

  private static Optional<Outcome> invalid(String field, String problem, String cure) {
    return Optional.of(Outcome.invalid(new InvalidInputException(field, problem, cure)));
  }

  private static Optional<Outcome> withheld(MigrationRequest request, String problem) {
    return request.retry().isPresent()
        ? Optional.empty()
        : Optional.of(
            Outcome.withheld(
                Reason.STATE,
                problem,
                "Look at the number in WhatsApp Manager; if you know better, send the event with a"
                    + " retry reason."));
  }

  private static String digits(String number) {
    return number.replaceAll("[^0-9]", "");
  }
}
