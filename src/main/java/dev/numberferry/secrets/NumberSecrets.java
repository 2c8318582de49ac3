package dev.numberferry.secrets;

import dev.numberferry.FerryConfig;
import dev.numberferry.InvalidInput;
import dev.numberferry.PhoneNumberId;
import dev.numberferry.StoreFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.Optional;

/** PIN, backup password and token of a number. */
@ApplicationScoped
public class NumberSecrets {

  private static final String GENERATE = "generate";
  private static final int PINS = 1_000_000;

  private final FerryConfig config;
  private final SecretStore store;
  private final SharedToken sharedToken;

  NumberSecrets(FerryConfig config, SecretStore store, SharedToken sharedToken) {
    this.config = config;
    this.store = store;
    this.sharedToken = sharedToken;
  }

  /**
   * Reads what the call needs.
   *
   * @param named the secret's name if the event gives one, else the configured pattern is used
   * @throws InvalidInput if the secret is missing or a field of it cannot be used
   * @throws StoreFailure if Secrets Manager denied access or failed
   */
  public NumberSecret read(PhoneNumberId number, Optional<String> named) {
    String id = named.orElseGet(() -> config.secretIdOf(number));
    if (!id.startsWith(config.secretPrefix())) {
      throw new InvalidInput(
          "secretId",
          "does not begin with " + config.secretPrefix(),
          "Give the name of a secret under that prefix; FERRY_SECRET_ID sets it.");
    }
    StoredSecret secret = store.read(id);
    StoredSecret.Fields fields = secret.fields();
    return new NumberSecret(
        id,
        secret.versionId(),
        pin(id, fields.pin()),
        password(id, fields.backupPassword()),
        fields.accessToken() == null ? sharedToken.get(id) : TokenFormat.read(id, fields));
  }

  /**
   * Makes a PIN for a number that has none, and stores it in the number's secret: after the call
   * nobody else would know it. What is read back is what goes out.
   *
   * @throws StoreFailure if it could not be stored; nothing was sent
   */
  public NumberSecret generatePin(NumberSecret secret) {
    StoredSecret stored = store.read(secret.id());
    if (pin(secret.id(), stored.fields().pin()).isEmpty()) {
      Pin made = new Pin("%06d".formatted(new SecureRandom().nextInt(PINS)));
      store.write(secret.id(), stored.withPin(made));
      stored = store.read(secret.id());
    }
    Pin pin =
        pin(secret.id(), stored.fields().pin())
            .orElseThrow(
                () ->
                    new InvalidInput(
                        "pin in secret " + secret.id(),
                        "still says generate after a PIN was stored",
                        "Find out what else writes this secret, then run the event again."));
    return new NumberSecret(
        secret.id(), stored.versionId(), Optional.of(pin), secret.password(), secret.token());
  }

  /** Drops the shared token from the cache: WhatsApp refused it. */
  public void forgetSharedToken() {
    sharedToken.forget();
  }

  private static Optional<Pin> pin(String id, String text) {
    if (GENERATE.equals(text)) {
      return Optional.empty();
    }
    if (text == null || !Pin.FORM.matcher(text).matches()) {
      throw new InvalidInput(
          "pin in secret " + id,
          text == null ? "is missing" : "is not a text of 6 digits",
          "Store the number's two-step verification PIN as \"pin\": \"012345\", or \"generate\" if"
              + " two-step verification is off.");
    }
    return Optional.of(new Pin(text));
  }

  private static BackupPassword password(String id, String text) {
    if (text == null || text.isEmpty()) {
      throw new InvalidInput(
          "backupPassword in secret " + id,
          text == null ? "is missing" : "is empty",
          "Store the password that was given to the backup call.");
    }
    return new BackupPassword(text);
  }
}
