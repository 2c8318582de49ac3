package dev.numberferry.migration;

import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.NumberState;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.StoreException;
import dev.numberferry.rules.StateRules;
import dev.numberferry.secrets.NumberSecret;
import dev.numberferry.secrets.NumberSecrets;
import dev.numberferry.support.Machine;
import dev.numberferry.whatsapp.LookupResult;
import dev.numberferry.whatsapp.NumberLookup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Asks WhatsApp where the number is before anything is touched, and whether a call may be made. */
@ApplicationScoped
class Preflight {

  private static final Logger LOG = Logger.getLogger(Preflight.class);

  private final NumberLookup lookup;
  private final NumberSecrets secrets;
  private final Machine machine;

  Preflight(NumberLookup lookup, NumberSecrets secrets, Machine machine) {
    this.lookup = lookup;
    this.secrets = secrets;
    this.machine = machine;
  }

  /**
   * What WhatsApp answered.
   *
   * @param secret with a token that WhatsApp takes, if there is one
   * @param seen the number's state, where the answer has it
   * @param obstacle what keeps the call from being made
   */
  record Check(NumberSecret secret, Optional<NumberState> seen, Optional<Outcome> obstacle) {

    /** The phone number that the id belongs to, where WhatsApp told. */
    Optional<String> phoneNumber() {
      return seen.map(NumberState::displayPhoneNumber);
    }
  }

  Check check(MigrationRequest request, NumberSecret secret) {
    LookupResult look = lookup.look(request.phoneNumberId(), secret.token());
    if (look.tokenRefused()) {
      Optional<NumberSecret> fresh = secrets.withFreshToken(secret);
      if (fresh.isPresent()) {
        LOG.info("The shared token was refused, and there is a newer one");
        LookupResult again = lookup.look(request.phoneNumberId(), fresh.get().token());
        return check(request, fresh.get(), again);
      }
    }
    return check(request, secret, look);
  }

  /** The phone number that the id belongs to, where anybody tells it. */
  Optional<String> phoneNumber(MigrationRequest request) {
    try {
      AccessToken token = secrets.token(request.phoneNumberId(), request.secretId());
      return lookup
          .look(request.phoneNumberId(), token)
          .state()
          .map(NumberState::displayPhoneNumber);
    } catch (InvalidInputException | StoreException e) {
      LOG.infof("Nobody could ask which phone number it is: %s", e.getMessage());
      return Optional.empty();
    }
  }

  private Check check(MigrationRequest request, NumberSecret secret, LookupResult look) {
    look.state()
        .ifPresent(it -> LOG.infof("The number is on %s, %s", it.platformType(), it.status()));
    Optional<Outcome> obstacle = obstacle(request, secret.pin().isEmpty(), look, machine.now());
    return new Check(secret, look.state(), obstacle);
  }

  /**
   * What keeps the call from being made, as far as WhatsApp's answer decides it.
   *
   * @param generatesPin whether a PIN is to be made, because two-step verification is off
   */
  static Optional<Outcome> obstacle(
      MigrationRequest request, boolean generatesPin, LookupResult look, Instant now) {
    return look.match(
        seen ->
            StateRules.obstacle(request, generatesPin, seen.number())
                .map(outcome -> outcome.withSeen(seen.number())),
        otherId -> Optional.of(otherId(request, otherId.id())),
        denied -> Optional.of(Outcome.rejected(denied.error(), denied.nextStep())),
        failed ->
            Optional.of(
                Outcome.notSent(failed.error(), failed.nextStep())
                    .withRetryIn(failed.retryAfter(), now)));
  }

  private static Outcome otherId(MigrationRequest request, String id) {
    return Outcome.withheld(
        Reason.STATE,
        "WhatsApp was asked for " + request.phoneNumberId() + " and told of " + id,
        "Find out which of the two ids is the number's, and ask Meta's support why they differ; a"
            + " retry does not lift this.");
  }
}
