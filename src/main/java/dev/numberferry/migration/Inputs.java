package dev.numberferry.migration;

import dev.numberferry.backup.Backup;
import dev.numberferry.backup.BackupReader;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.PinMatch;
import dev.numberferry.domain.Upload;
import dev.numberferry.ledger.AttemptKey;
import dev.numberferry.ledger.AttemptKeyBuilder;
import dev.numberferry.ledger.RefusedPin;
import dev.numberferry.secrets.NumberSecret;
import dev.numberferry.secrets.NumberSecrets;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a call needs, and the key by which the same attempt is recognised.
 *
 * @param pins how the PIN in the secret compares with the one that an attempt sent; asked only
 *     where a PIN was refused
 * @param current whether the uploaded object is still the current one under its key; asked only
 *     where nothing else tells whether a newer one is known
 */
record Inputs(
    NumberSecret secret,
    Backup backup,
    AttemptKey key,
    Function<RefusedPin, PinMatch> pins,
    Predicate<Upload> current) {

  static Inputs of(
      MigrationRequest request,
      NumberSecret secret,
      Backup backup,
      NumberSecrets secrets,
      BackupReader backups) {
    AttemptKey key =
        AttemptKeyBuilder.builder()
            .backupGiven(request.backup().reference())
            .backupRead(backup.reference())
            .secretId(secret.id())
            .secretVersion(secret.versionId())
            .pinVersion(secret.pin().isPresent() ? null : UUID.randomUUID().toString())
            .retry(request.retry().orElse(null))
            .build();
    return new Inputs(
        secret,
        backup,
        key,
        refused -> secrets.compare(secret, refused.secretId(), refused.secretVersion()),
        upload -> backups.isCurrent(upload.object()));
  }

  Inputs with(NumberSecret other) {
    return new Inputs(other, backup, key, pins, current);
  }
}
