/**
 * Backups, from S3 or out of an event: {@link BackupReader} reads one in every form in which
 * operators keep it, and says what was stored in its place.
 *
 * <p>It knows {@code support} and {@code domain}: not which number a backup belongs to.
 */
@NullMarked
package dev.numberferry.backup;

import org.jspecify.annotations.NullMarked;
