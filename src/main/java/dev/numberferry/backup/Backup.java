package dev.numberferry.backup;

import dev.numberferry.domain.BackupData;
import dev.numberferry.domain.BackupSource.StoredBackup;
import java.util.Optional;

/**
 * A backup as it was read.
 *
 * @param object where it was read from, with the version that S3 answered with; nothing where the
 *     backup came inside the event
 * @param reference what no other backup has: the object's version, its ETag where the bucket keeps
 *     no versions, or a digest
 */
public record Backup(BackupData data, Optional<StoredBackup> object, String reference) {}
