package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a migration's backup comes from. */
public sealed interface BackupSource {

  /** The backup as the event names it; nothing of its content is part of this. */
  String reference();

  /** Reads it, whichever it is: a new kind does not compile before every reader knows it. */
  <T> T match(Function<StoredBackup, T> stored, Function<InlineBackup, T> inline);

  /**
   * An object in S3.
   *
   * @param versionId the object's version; null where the event names none, or the bucket keeps
   *     none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record StoredBackup(String bucket, String key, @Nullable String versionId)
      implements BackupSource {

    /** S3's own limit, in bytes of UTF-8. Source: S3's page on naming objects. */
    private static final int LONGEST_KEY = 1024;

    /** Half of a character, which no encoding can write; a pair of them is no match. */
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

    /**
     * @throws InvalidInputException if key or version cannot be those of an object: what is longer
     *     or cannot be written would not fit into a result either
     */
    public StoredBackup {
      check("backup.key", key);
      check("backup.versionId", versionId);
    }

    private static void check(String field, @Nullable String text) {
      if (text != null
          && (LONE_SURROGATE.matcher(text).find()
              || text.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY)) {
        throw new InvalidInputException(
            field,
            "is longer than 1024 bytes or has half of a character in it",
            "Give it as S3 shows it.");
      }
    }

    /** What its key says of whose it is: the folders, and the file's name up to its first dot. */
    public List<String> names() {
      return names(key);
    }

    /** Every id among the names in a key, whether there can be an object of this key or not. */
    public static List<String> idsIn(String key) {
      return names(key).stream()
          .filter(it -> PhoneNumberId.ANY_ID.matcher(it).matches())
          .distinct()
          .toList();
    }

    /** The number that a key names, if it names one and no other. */
    public static Optional<PhoneNumberId> numberIn(String key) {
      List<String> ids = idsIn(key);
      return ids.size() == 1 ? PhoneNumberId.of(ids.get(0)) : Optional.empty();
    }

    private static List<String> names(String key) {
      String[] names = key.split("/");
      if (names.length > 0) {
        names[names.length - 1] = names[names.length - 1].replaceAll("\\..*", "");
      }
      return List.of(names);
    }

    /** Whether it is one version of the object, of perhaps many; S3 calls one of a kind null. */
    public boolean hasVersion() {
      return versionId != null && !versionId.equals("null");
    }

    @Override
    public String reference() {
      String object = "s3://" + bucket + "/" + key;
      return versionId == null ? object : object + "?versionId=" + versionId;
    }

    @Override
    public <T> T match(Function<StoredBackup, T> stored, Function<InlineBackup, T> inline) {
      return stored.apply(this);
    }
  }

  /** A backup that came inside the event. */
  record InlineBackup(String value) implements BackupSource, Secret {
    @Override
    public String reference() {
      return "sha256:" + Sha256.hex(value);
    }

    @Override
    public <T> T match(Function<StoredBackup, T> stored, Function<InlineBackup, T> inline) {
      return inline.apply(this);
    }

    @Override
    public String toString() {
      return MASK;
    }
  }
}
