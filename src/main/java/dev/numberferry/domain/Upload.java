package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.numberferry.domain.BackupSource.StoredBackup;
import java.time.Instant;

/**
 * An upload of a backup. Absent parts are null.
 *
 * @param object what was uploaded
 * @param time when, to the second at best
 * @param sequencer S3's order of the events of one key: hexadecimal digits. Source: S3's page on
 *     the structure of event messages
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Upload(StoredBackup object, Instant time, String sequencer) {}
