package dev.numberferry.secrets;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.Findings;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.StoreException;
import dev.numberferry.domain.VersionMatch;
import dev.numberferry.secrets.StoredSecret.Fields;
import dev.numberferry.support.Machine;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** PIN, backup password and token of a number. */
@ApplicationScoped
public class NumberSecrets {

  private static final Logger LOG = Logger.getLogger(NumberSecrets.class);

  private final FerryConfig config;
  private final SecretStore store;
  private final SharedTokenCache sharedToken;
  private final Machine machine;

  NumberSecrets(
      FerryConfig config, SecretStore store, SharedTokenCache sharedToken, Machine machine) {
    this.config = config;
    this.store = store;
    this.sharedToken = sharedToken;
    this.machine = machine;
  }

  /**
   * Reads what the call needs.
   *
   * @param named the secret's name if the event gives one, else the configured pattern is used
   * @return with every finding where the secret is missing or a field of it cannot be used
   * @throws StoreException if Secrets Manager denied access or failed
   */
  public SecretReading read(PhoneNumberId number, Optional<String> named) {
    Findings findings = new Findings();
    Optional<StoredSecret> stored = findings.read(() -> store.read(idOf(number, named)));
    Optional<EntryParser> text =
        stored.flatMap(it -> findings.read(() -> EntryParser.read(it, number)));
    Optional<NumberSecret> secret =
        text.flatMap(it -> findings.read(() -> read(number, stored.orElseThrow(), it.fields())));
    boolean namedAfterNumber = stored.isEmpty() || text.filter(it -> !it.isForMany()).isPresent();
    return new SecretReading(namedAfterNumber, secret, findings);
  }

  private NumberSecret read(PhoneNumberId number, StoredSecret secret, NumberFields fields) {
    Findings findings = new Findings();
    fields.flaws().forEach(findings::add);
    findings.throwIfAny();
    var pin = findings.read(fields::pin);
    var password = findings.read(() -> BackupPasswordParser.read(fields.own()));
    var token = findings.read(() -> token(secret, fields));
    findings.throwIfAny();
    return NumberSecretBuilder.builder()
        .number(number)
        .id(secret.id())
        .versionId(secret.versionId())
        .entry(fields.isOneOfMany() ? Optional.of(fields.own()) : Optional.empty())
        .pin(pin.orElseThrow())
        .password(password.orElseThrow())
        .token(token.orElseThrow())
        .sharedToken(!fields.hasToken())
        .build();
  }

  private AccessToken token(StoredSecret secret, NumberFields fields) {
    return fields.token().orElseGet(() -> sharedToken.get(secret.id()));
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

  /** As {@link #token(PhoneNumberId, String)}, of the secret that {@link #read} reads. */
  public AccessToken token(PhoneNumberId number, Optional<String> named) {
    return token(number, idOf(number, named));
  }

  /**
   * The token alone, to ask where a number is: also of a secret for many that no longer has it.
   *
   * @throws InvalidInputException if the secret or the token in it cannot be used
   * @throws StoreException if Secrets Manager denied access or failed
   */
  public AccessToken token(PhoneNumberId number, String secretId) {
    StoredSecret secret = store.read(secretId);
    return token(secret, EntryParser.parse(secret, number));
  }

  /**
   * Compares a secret's PIN, in memory, with that of an earlier version of a secret: of the
   * number's own, or of its entry in one for many.
   *
   * @return {@code GONE} also where there is no PIN in that version
   * @throws StoreException if Secrets Manager failed
   */
  public VersionMatch comparePin(NumberSecret secret, String secretId, String versionId) {
    if (secret.id().equals(secretId) && secret.versionId().equals(versionId)) {
      return VersionMatch.SAME;
    }
    if (secret.pin().isEmpty()) {
      return VersionMatch.OTHER;
    }
    String pin = secret.pin().get().value();
    return compare(
        () ->
            earlier(secret, secretId, versionId)
                .flatMap(it -> Optional.ofNullable(it.pin()))
                .map(pin::equals),
        "A PIN that was refused cannot be compared");
  }

  /**
   * Compares a number's entry in a secret for many, in memory, with the one that an earlier version
   * of that secret has: PIN, password, and token and app secret where the entry has its own, as
   * they would be sent. What stands there for all does not count, as the shared token does not: a
   * new one would make new attempts of hundreds of numbers that were refused for something else.
   *
   * @return {@code OTHER} where the secret is the number's own, of which each version is another
   * @throws StoreException if Secrets Manager failed
   */
  public VersionMatch compareEntry(NumberSecret secret, String versionId) {
    return secret
        .entry()
        .map(
            entry ->
                compare(
                    () ->
                        earlier(secret, secret.id(), versionId)
                            .map(it -> it.isSentAs(entry.fields(), !secret.sharedToken())),
                    "An earlier entry of the number cannot be compared"))
        .orElse(VersionMatch.OTHER);
  }

  /**
   * @param same nothing where that version is gone, or cannot be read as a secret
   * @param failure what it means that Secrets Manager does not let it be read
   */
  private static VersionMatch compare(Supplier<Optional<Boolean>> same, String failure) {
    try {
      return same.get()
          .map(it -> it ? VersionMatch.SAME : VersionMatch.OTHER)
          .orElse(VersionMatch.GONE);
    } catch (StoreException e) {
      if (e.isLasting()) {
        LOG.warnf("%s: %s", failure, e.getMessage());
        return VersionMatch.UNREADABLE;
      }
      throw e;
    }
  }

  /** What a version of a secret has for the number, where it is still there and can be read. */
  private Optional<Fields> earlier(NumberSecret secret, String secretId, String versionId) {
    try {
      return store
          .readVersion(secretId, versionId)
          .map(it -> EntryParser.parse(it, secret.number()))
          .filter(it -> it.flaws().isEmpty())
          .map(it -> it.own().fields());
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  /** The id of a version that is to be written, for a PIN that is to be made. */
  public String newVersion() {
    return machine.newId();
  }

  /** The same with the shared token read afresh, where that makes a difference. */
  public Optional<NumberSecret> withFreshToken(NumberSecret secret) {
    if (!secret.sharedToken()) {
      return Optional.empty();
    }
    sharedToken.forget();
    AccessToken fresh = sharedToken.get(secret.id());
    return fresh.equals(secret.token()) ? Optional.empty() : Optional.of(secret.withToken(fresh));
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
}
