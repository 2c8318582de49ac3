package dev.numberferry.rules;

import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.Finding;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Upload;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether secret and backup belong to the number, as far as their names tell whose they are. Each
 * is judged by itself.
 */
public final class OwnershipRules {

  /**
   * Only ids of Meta's are as long: accounts of AWS have 12 digits, phone numbers up to 13 as a
   * rule, and a time to the second has 14.
   */
  private static final Pattern LONG_NUMBER = Pattern.compile("[0-9]{15,}");

  private final String secretPrefix;
  private final String secretSuffix;

  /**
   * @param secretPrefix what the name of a number's secret has before the number
   * @param secretSuffix what it has behind it
   */
  public OwnershipRules(String secretPrefix, String secretSuffix) {
    this.secretPrefix = secretPrefix;
    this.secretSuffix = secretSuffix;
  }

  /**
   * What bears the name of another number.
   *
   * @param byName whether the secret's name is to tell whose it is, and nothing in the secret does
   */
  public List<Finding> findings(MigrationRequest request, boolean byName) {
    Optional<Finding> secret = byName ? secret(request) : Optional.empty();
    return Stream.concat(secret.stream(), backup(request).stream()).toList();
  }

  /** Without a name of its own in the event, the secret is the one that is named after the id. */
  private Optional<Finding> secret(MigrationRequest request) {
    return request
        .secretId()
        .filter(it -> it.startsWith(secretPrefix))
        .filter(it -> isAnothers(request.phoneNumberId(), partsOf(it)))
        .map(
            it ->
                Finding.error(
                    "secretId",
                    "names the secret of another number: " + it,
                    "Give the secret of the number that is to move, or correct phoneNumberId."));
  }

  private List<String> partsOf(String secret) {
    String name = secret.substring(secretPrefix.length());
    String number =
        name.endsWith(secretSuffix)
            ? name.substring(0, name.length() - secretSuffix.length())
            : name;
    return Stream.concat(Stream.of(number), Stream.of(name.split("/"))).toList();
  }

  private static Optional<Finding> backup(MigrationRequest request) {
    return request
        .backup()
        .match(
            stored ->
                request.delivery().upload().isPresent()
                    ? uploaded(request.phoneNumberId(), stored)
                    : given(request.phoneNumberId(), stored),
            inline -> Optional.empty());
  }

  private static Optional<Finding> given(PhoneNumberId number, StoredBackup stored) {
    return isAnothers(number, stored.names())
        ? Optional.of(
            Finding.error(
                "backup.key",
                "names the backup of another number: " + stored.reference(),
                "Give the backup of the number that is to move, or correct phoneNumberId."))
        : Optional.empty();
  }

  /**
   * Metadata may name a number where the key names none. Who may write into one number's folder
   * only could else move another one, by its id further down in the key.
   */
  private static Optional<Finding> uploaded(PhoneNumberId number, StoredBackup stored) {
    boolean namesAnother =
        stored.names().stream()
            .filter(it -> LONG_NUMBER.matcher(it).matches())
            .filter(it -> PhoneNumberId.ANY_ID.matcher(it).matches())
            .anyMatch(it -> !it.equals(number.value()));
    return namesAnother || isAnothers(number, stored.names())
        ? Optional.of(
            Finding.error(
                "the metadata " + Upload.NUMBER_METADATA,
                "names another number than the key: " + stored.reference(),
                "Upload the backup again as <phoneNumberId>/backup.json, without this metadata."))
        : Optional.empty();
  }

  private static boolean isAnothers(PhoneNumberId number, List<String> names) {
    return !names.contains(number.value())
        && names.stream().anyMatch(it -> LONG_NUMBER.matcher(it).matches());
  }
}
