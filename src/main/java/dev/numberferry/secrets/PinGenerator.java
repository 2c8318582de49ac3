package dev.numberferry.secrets;

import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.Pin;
import dev.numberferry.domain.StoreException;
import dev.numberferry.support.Machine;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Makes PINs, and keeps each where it is found again. */
@ApplicationScoped
public class PinGenerator {

  private static final Logger LOG = Logger.getLogger(PinGenerator.class);

  private final SecretStore store;
  private final Machine machine;

  PinGenerator(SecretStore store, Machine machine) {
    this.store = store;
    this.machine = machine;
  }

  /**
   * Makes a PIN for a number that has none, and stores it in the number's secret: after the call no
   * other place would have it. What is read back is what goes out.
   *
   * @param newVersion the id of the version that holds the PIN
   * @throws InvalidInputException if the secret takes no other version; nothing was sent
   * @throws StoreException if it could not be stored for whatever other reason, or the secret is
   *     not what it was when it was read; nothing was sent
   */
  public NumberSecret generate(NumberSecret secret, String newVersion) {
    try {
      return store(secret, newVersion);
    } catch (InvalidInputException | StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      // The claim is the caller's to end, whatever went wrong. The text may quote the secret.
      LOG.errorf("No PIN stored: %s", e.getClass().getName());
      throw new StoreException(
          "a new PIN could not be stored in secret " + secret.id(),
          "Nothing was sent: look at the secret and at the log, then send the same event again.");
    }
  }

  private NumberSecret store(NumberSecret secret, String newVersion) {
    StoredSecret current = store.read(secret.id());
    if (!current.versionId().equals(secret.versionId())) {
      throw StoreException.contended("secret " + secret.id());
    }
    Pin made = Pins.random(machine.unguessable());
    store.write(secret.id(), current.withPin(made), newVersion);
    return store
        .readCurrent(secret.id(), newVersion)
        .flatMap(stored -> Pins.parse(stored.whole()))
        .map(it -> secret.withPin(Optional.of(it)))
        .orElseThrow(() -> StoreException.unreadable("the new PIN in secret " + secret.id()));
  }
}
