package dev.numberferry.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.numberferry.Secret;

/** Where a migration's backup comes from. */
public sealed interface BackupSource {

  /**
   * An object in S3.
   *
   * @param versionId the object's version; null where the event names none, or the bucket keeps
   *     none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record StoredBackup(String bucket, String key, String versionId) implements BackupSource {}

  /** A backup that came inside the event. */
  record InlineBackup(String value) implements BackupSource, Secret {
    @Override
    public String toString() {
      return MASK;
    }
  }
}
