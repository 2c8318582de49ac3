package dev.numberferry.function;

import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.PhoneNumberId;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which number an uploaded backup belongs to. */
final class UploadedNumber {

  /** Name of the object's metadata that says so, where it is set. */
  static final String METADATA = "phone-number-id";

  private UploadedNumber() {}

  /**
   * The id in the metadata, or the one id in the key.
   *
   * @throws InvalidInput if there is none, or more than one
   */
  static PhoneNumberId of(StoredBackup object, Optional<String> metadata) {
    return metadata.map(PhoneNumberId::new).orElseGet(() -> inKey(object));
  }

  private static PhoneNumberId inKey(StoredBackup object) {
    String[] segments = object.key().split("/");
    segments[segments.length - 1] = segments[segments.length - 1].replaceAll("\\..*", "");
    Set<String> ids =
        Stream.of(segments).filter(it -> it.matches("[0-9]{5,20}")).collect(Collectors.toSet());
    if (ids.size() != 1) {
      throw new InvalidInputException(
          "backup.key",
          (ids.isEmpty() ? "names no phoneNumberId: " : "names more than one phoneNumberId: ")
              + object.reference(),
          "Upload it as <phoneNumberId>/backup.json, or with the metadata phone-number-id.");
    }
    return new PhoneNumberId(ids.iterator().next());
  }
}
