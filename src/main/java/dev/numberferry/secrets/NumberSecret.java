package dev.numberferry.secrets;

import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.BackupPassword;
import dev.numberferry.domain.Finding;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Pin;
import dev.numberferry.domain.Secret;
import dev.numberferry.secrets.StoredSecret.Fields;
import dev.numberferry.secrets.StoredSecret.PlacedFields;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What Secrets Manager holds for a number.
 *
 * @param number whose it is
 * @param id name of the secret
 * @param versionId the version that was read
 * @param entry the number's entry as it stands there, where the secret is one for many numbers
 * @param pin the PIN, or nothing where the secret says {@code "pin": "generate"}
 * @param token the number's own token, or the shared one
 * @param sharedToken whether the token is the shared one, which may be minutes old
 */
@RecordBuilder
public record NumberSecret(
    PhoneNumberId number,
    String id,
    String versionId,
    Optional<PlacedFields> entry,
    Optional<Pin> pin,
    BackupPassword password,
    AccessToken token,
    boolean sharedToken)
    implements NumberSecretBuilder.With {

  /** Whether it is an entry of a secret for many numbers, which tells what an attempt is. */
  public boolean isOneOfMany() {
    return entry.isPresent();
  }

  /** Where this very value stands, white space around it aside: in the operator's words. */
  public Optional<String> placeOf(Secret value) {
    return places()
        .filter(it -> it.getValue().value().strip().equals(value.value().strip()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private Stream<Map.Entry<String, Secret>> places() {
    String here = " in " + place();
    String ofToken = sharedToken ? "shared access token" : tokenField();
    String ofAppSecret =
        sharedToken
            ? "app secret of the shared access token"
            : named("appSecret", it -> it.appSecret() != null);
    Stream<Map.Entry<String, Secret>> always =
        Stream.of(Map.entry("backupPassword" + here, password), Map.entry(ofToken, token));
    return Stream.of(
            always,
            pin.stream().map(it -> Map.<String, Secret>entry("pin" + here, it)),
            token.appSecret().stream().map(it -> Map.<String, Secret>entry(ofAppSecret, it)))
        .flatMap(it -> it);
  }

  /**
   * That the password begins or ends in white space, as {@code echo} and consoles leave it. It may
   * belong to it, and is never changed.
   */
  public Optional<Finding> passwordWarning() {
    return Optional.of(password.value())
        .filter(it -> isBlank(it.codePointAt(0)) || isBlank(it.codePointBefore(it.length())))
        .map(
            it ->
                Finding.warning(
                    "backupPassword in " + place(),
                    "begins or ends in white space",
                    "Make sure that it belongs to the password that was given to the backup call:"
                        + " it is sent as it stands there."));
  }

  /** Where a token stands that is not the shared one, in the operator's words. */
  public String tokenField() {
    return named("accessToken", it -> it.accessToken() != null);
  }

  /** A field with where it stands: in the entry, if it has its own, or there for all. */
  private String named(String field, Predicate<Fields> own) {
    return entry
        .filter(it -> own.test(it.fields()))
        .map(it -> it.named(field))
        .orElse(field + " in secret " + id);
  }

  private String place() {
    return entry.map(PlacedFields::place).orElse("secret " + id);
  }

  /** Also what takes no width and nobody sees: a byte order mark, a joiner, a control character. */
  private static boolean isBlank(int character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || Character.isISOControl(character)
        || Character.getType(character) == Character.FORMAT;
  }
}
