package dev.numberferry.event;

import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.numberferry.domain.BackupSource;
import dev.numberferry.domain.BackupSource.InlineBackup;
import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.Secret;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The backup in a migration event: in S3 or, in {@code data}, inline. */
@RegisterForReflection
record BackupField(
    @Nullable String bucket,
    @Nullable String key,
    @Nullable String versionId,
    @Nullable String data) {

  static final String CURE = "Give bucket and key of an object in S3, or data.";

  static final List<FieldType> TYPES =
      List.of(
          new FieldType("backup", JsonNodeType.OBJECT, CURE),
          FieldType.optionalText("backup.bucket"),
          FieldType.optionalText("backup.key"),
          FieldType.optionalText("backup.versionId"),
          FieldType.optionalText("backup.data"));

  private static final FieldForm BUCKET =
      FieldForm.of(
          "backup.bucket", "[A-Za-z0-9._-]{3,255}", "Give the name of the bucket with the backup.");

  /**
   * @throws InvalidInputException if it names no backup, or more than one
   */
  BackupSource source() {
    boolean inS3 = bucket != null || key != null || versionId != null;
    if (inS3 == (data != null)) {
      throw new InvalidInputException(
          "backup",
          inS3 ? "names an object and has data as well" : "is empty",
          "Give bucket and key of an object in S3, or data, and not both.");
    }
    if (data != null) {
      return new InlineBackup(data);
    }
    String name = BUCKET.check(bucket);
    if (key == null) {
      throw new InvalidInputException(
          "backup.key", "is missing", "Give the key of the backup's object.");
    }
    return new StoredBackup(name, key, versionId);
  }

  @Override
  public String toString() {
    return Secret.MASK;
  }
}
