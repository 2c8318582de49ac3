package dev.numberferry.migration;

import dev.numberferry.backup.Backup;
import dev.numberferry.backup.BackupReader;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.secrets.NumberSecret;
import dev.numberferry.secrets.NumberSecrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/** Reads secret, backup and ledger side by side. */
@ApplicationScoped
class InputReader {

  private final NumberSecrets secrets;
  private final BackupReader backups;
  private final ClaimRecovery closing;
  private final Together together;

  InputReader(
      NumberSecrets secrets, BackupReader backups, ClaimRecovery closing, Together together) {
    this.secrets = secrets;
    this.backups = backups;
    this.closing = closing;
    this.together = together;
  }

  /** What was read, or why it cannot be used, and the ledger's entry in both cases. */
  record Gathered(LedgerSnapshot reading, Inputs inputs, InvalidInputException unusable) {}

  /**
   * @throws StoreFailure if a store denied access or failed
   */
  Gathered read(MigrationRequest request) {
    together.start(secrets::prepareToken);
    Supplier<NumberSecret> secret =
        together.start(() -> secrets.read(request.phoneNumberId(), request.secretId()));
    Supplier<Backup> backup = together.start(() -> backups.read(request.backup()));
    LedgerSnapshot reading = closing.read(request.phoneNumberId());
    try {
      return new Gathered(reading, Inputs.of(request, reading, secret.get(), backup.get()), null);
    } catch (InvalidInputException e) {
      return new Gathered(reading, null, e);
    }
  }
}
