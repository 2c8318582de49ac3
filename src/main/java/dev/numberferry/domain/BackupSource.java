package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonInclude;

/** Where a migration's backup comes from. */
public sealed interface BackupSource {

  /** The backup as the event names it, in words that hold nothing of it. */
  String reference();

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
  }

  /** A backup that came inside the event. */
  record InlineBackup(String value) implements BackupSource, Secret {
    @Override
    public String reference() {
      return "sha256:" + Sha256.hex(value);
    }

    @Override
    public String toString() {
      return MASK;
    }
  }
}
