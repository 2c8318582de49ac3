package dev.numberferry.migration;

import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.Outcome;
import dev.numberferry.secrets.NumberSecret;
import dev.numberferry.secrets.NumberSecrets;
import dev.numberferry.whatsapp.LookupResult;
import dev.numberferry.whatsapp.LookupResult.Denied;
import dev.numberferry.whatsapp.NumberLookup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Asks WhatsApp where the number is before anything is touched. */
@ApplicationScoped
class Preflight {

  private static final Logger LOG = Logger.getLogger(Preflight.class);

  private final NumberLookup lookup;
  private final NumberSecrets secrets;

  Preflight(NumberLookup lookup, NumberSecrets secrets) {
    this.lookup = lookup;
    this.secrets = secrets;
  }

  /**
   * What WhatsApp told.
   *
   * @param secret with a token that WhatsApp takes, if there is one
   * @param obstacle what keeps the call from being made
   */
  record Checked(NumberSecret secret, LookupResult look, Optional<Outcome> obstacle) {}

  Checked check(MigrationRequest request, NumberSecret secret) {
    LookupResult look = lookup.look(request.phoneNumberId(), secret.token());
    if (look instanceof Denied denied && denied.tokenRefused()) {
      Optional<NumberSecret> fresh = secrets.withFreshToken(secret);
      if (fresh.isPresent()) {
        LOG.info("The shared token was refused, and there is a newer one");
        LookupResult again = lookup.look(request.phoneNumberId(), fresh.get().token());
        return checked(request, fresh.get(), again);
      }
    }
    return checked(request, secret, look);
  }

  private static Checked checked(MigrationRequest request, NumberSecret secret, LookupResult look) {
    look.told()
        .ifPresent(it -> LOG.infof("The number is on %s, %s", it.platformType(), it.status()));
    return new Checked(secret, look, StateCheck.check(request, secret.pin().isEmpty(), look));
  }
}
