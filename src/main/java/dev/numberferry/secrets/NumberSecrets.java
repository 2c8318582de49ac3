package dev.numberferry.secrets;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.BackupPassword;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Pin;
import dev.numberferry.domain.StoreException;
import dev.numberferry.secrets.StoredSecret.Fields;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.Optional;
import org.jboss.logging.Logger;

/** PIN, backup password and token of a number. */
@ApplicationScoped
public class NumberSecrets {

  private static final Logger LOG = Logger.getLogger(NumberSecrets.class);
  private static final String GENERATE = "generate";
  private static final int PINS = 1_000_000;

  /** How the PIN of an earlier version of a secret compares with one that is at hand. */
  public enum Comparison {
    SAME,
    OTHER,
    /** Secrets Manager no longer has that version, so that nobody can say. */
    GONE
  }

  private final FerryConfig config;
  private final SecretStore store;
  private final SharedTokenCache sharedToken;

  NumberSecrets(FerryConfig config, SecretStore store, SharedTokenCache sharedToken) {
    this.config = config;
    this.store = store;
    this.sharedToken = sharedToken;
  }

  /**
   * Reads what the call needs.
   *
   * @param named the secret's name if the event gives one, else the configured pattern is used
   * @throws InvalidInput if the secret is missing or a field of it cannot be used; it has every
   *     finding
   * @throws StoreFailure if Secrets Manager denied access or failed
   */
  public NumberSecret read(PhoneNumberId number, Optional<String> named) {
    StoredSecret secret = store.read(idOf(number, named));
    String id = secret.id();
    Fields fields = secret.fields();
    boolean shared = fields.accessToken() == null;
    return InvalidInputException.all(
        findings ->
            new NumberSecret(
                id,
                secret.versionId(),
                findings.of(() -> pin(id, fields.pin()), Optional.empty()),
                findings.of(() -> password(id, fields.backupPassword()), null),
                findings.of(
                    () -> shared ? sharedToken.get(id) : AccessTokenParser.read(id, fields), null),
                shared));
  }

  /**
   * Reads the shared token, if there is to be one, while something else is being read. Whatever is
   * wrong with it shows when it is needed.
   */
  public void prepareToken() {
    if (config.tokenSecretId().isPresent()) {
      try {
        sharedToken.get("of the number");
      } catch (InvalidInputException | StoreException e) {
        LOG.debugf("No shared token for now: %s", e.getMessage());
      }
    }
  }

  /**
   * The token alone, to ask where a number is.
   *
   * @throws InvalidInput if the secret or the token in it cannot be used
   * @throws StoreFailure if Secrets Manager denied access or failed
   */
  public AccessToken token(String secretId) {
    Fields fields = store.read(secretId).fields();
    return fields.accessToken() == null
        ? sharedToken.get(secretId)
        : AccessTokenParser.read(secretId, fields);
  }

  /**
   * Makes a PIN for a number that has none, and stores it in the number's secret: after the call
   * nobody else would know it. What is read back is what goes out.
   *
   * @param newVersion the id of the version that holds the PIN
   * @throws StoreFailure if it could not be stored, or the secret is not what it was when it was
   *     read; nothing was sent
   */
  public NumberSecret generatePin(NumberSecret secret, String newVersion) {
    StoredSecret current = store.read(secret.id());
    if (!current.versionId().equals(secret.versionId())) {
      throw StoreException.contended("secret " + secret.id());
    }
    Pin made = new Pin("%06d".formatted(new SecureRandom().nextInt(PINS)));
    store.write(secret.id(), current.withPin(made), newVersion);
    return store
        .readVersion(secret.id(), newVersion)
        .flatMap(stored -> pin(secret.id(), stored.fields().pin()))
        .map(secret::with)
        .orElseThrow(() -> StoreException.unreadable("the new PIN in secret " + secret.id()));
  }

  /** Compares a PIN, in memory, with that of an earlier version of a secret. */
  public Comparison compare(Optional<Pin> pin, String secretId, String versionId) {
    if (pin.isEmpty()) {
      return Comparison.OTHER;
    }
    Optional<String> earlier = store.readVersion(secretId, versionId).map(it -> it.fields().pin());
    return earlier
        .map(it -> it.equals(pin.get().value()) ? Comparison.SAME : Comparison.OTHER)
        .orElse(Comparison.GONE);
  }

  /** The same with the shared token read afresh, where that makes a difference. */
  public Optional<NumberSecret> withFreshToken(NumberSecret secret) {
    if (!secret.sharedToken()) {
      return Optional.empty();
    }
    sharedToken.forget();
    AccessToken fresh = sharedToken.get(secret.id());
    return fresh.equals(secret.token()) ? Optional.empty() : Optional.of(secret.with(fresh));
  }

  /** Drops the shared token from the cache: WhatsApp refused it. */
  public void forgetSharedToken() {
    sharedToken.forget();
  }

  private String idOf(PhoneNumberId number, Optional<String> named) {
    String id = named.orElseGet(() -> config.secretIdOf(number));
    if (!id.startsWith(config.secretPrefix())) {
      throw new InvalidInputException(
          "secretId",
          "does not begin with " + config.secretPrefix(),
          "Give the name of a secret under that prefix; FERRY_SECRET_ID sets it.");
    }
    return id;
  }

  private static Optional<Pin> pin(String id, String text) {
    if (GENERATE.equals(text)) {
      return Optional.empty();
    }
    if (text == null || !Pin.FORM.matcher(text).matches()) {
      throw new InvalidInputException(
          "pin in secret " + id,
          text == null ? "is missing" : "is not a text of 6 digits",
          "Store the number's two-step verification PIN as \"pin\": \"012345\", or \"generate\" if"
              + " two-step verification is off.");
    }
    return Optional.of(new Pin(text));
  }

  private static BackupPassword password(String id, String text) {
    if (text == null || text.isEmpty()) {
      throw new InvalidInputException(
          "backupPassword in secret " + id,
          text == null ? "is missing" : "is empty",
          "Store the password that was given to the backup call.");
    }
    return new BackupPassword(text);
  }
}
