package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.function.Function;

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
  record StoredBackup(String bucket, String key, String versionId) implements BackupSource {
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
