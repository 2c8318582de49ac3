package dev.numberferry.migration;

import dev.numberferry.backup.Backup;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.ledger.AttemptKey;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.secrets.NumberSecret;
import java.util.UUID;

/** All that is read before anything is decided. */
record Inputs(LedgerSnapshot reading, NumberSecret secret, Backup backup, AttemptKey key) {

  static Inputs of(
      MigrationRequest request, LedgerSnapshot reading, NumberSecret secret, Backup backup) {
    AttemptKey key =
        new AttemptKey(
            request.backup().reference(),
            backup.reference(),
            secret.id(),
            secret.versionId(),
            secret.pin().isPresent() ? null : UUID.randomUUID().toString(),
            request.retry().orElse(null));
    return new Inputs(reading, secret, backup, key);
  }

  /** The same with the token read afresh. */
  Inputs with(NumberSecret fresh) {
    return new Inputs(reading, fresh, backup, key);
  }
}
