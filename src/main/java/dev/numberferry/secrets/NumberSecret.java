package dev.numberferry.secrets;

import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.BackupPassword;
import dev.numberferry.domain.Finding;
import dev.numberferry.domain.Pin;
import dev.numberferry.domain.Secret;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Secrets Manager holds for a number.
 *
 * @param id name of the number's secret
 * @param versionId the version that was read
 * @param pin the PIN, or nothing where the secret says {@code "pin": "generate"}
 * @param token the number's own token, or the shared one
 * @param sharedToken whether the token is the shared one, which may be minutes old
 */
@RecordBuilder
public record NumberSecret(
    String id,
    String versionId,
    Optional<Pin> pin,
    BackupPassword password,
    AccessToken token,
    boolean sharedToken)
    implements NumberSecretBuilder.With {

  /** The name of the field that holds this very value, white space around it aside. */
  public Optional<String> fieldOf(Secret value) {
    return fields()
        .filter(it -> it.getValue().value().strip().equals(value.value().strip()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private Stream<Map.Entry<String, Secret>> fields() {
    Stream<Map.Entry<String, Secret>> always =
        Stream.of(Map.entry("backupPassword", password), Map.entry("accessToken", token));
    return Stream.of(
            always,
            pin.stream().map(it -> Map.<String, Secret>entry("pin", it)),
            token.appSecret().stream().map(it -> Map.<String, Secret>entry("appSecret", it)))
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
                    "backupPassword in secret " + id,
                    "begins or ends in white space",
                    "Make sure that it belongs to the password that was given to the backup call:"
                        + " it is sent as it stands there."));
  }

  /** Also what takes no width and nobody sees: a byte order mark, a joiner, a control character. */
  private static boolean isBlank(int character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || Character.isISOControl(character)
        || Character.getType(character) == Character.FORMAT;
  }
}
