package dev.numberferry.migration;

import dev.numberferry.InvalidInput;
import dev.numberferry.StoreFailure;
import dev.numberferry.backup.Backup;
import dev.numberferry.backup.Backups;
import dev.numberferry.ledger.Reading;
import dev.numberferry.secrets.NumberSecret;
import dev.numberferry.secrets.NumberSecrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/** Reads secret, backup and ledger side by side. */
@ApplicationScoped
class Gathering {

  private final NumberSecrets secrets;
  private final Backups backups;
  private final Closing closing;
  private final Together together;

  Gathering(NumberSecrets secrets, Backups backups, Closing closing, Together together) {
    this.secrets = secrets;
    this.backups = backups;
    this.closing = closing;
    this.together = together;
  }

  /** What was read, or why it cannot be used, and the ledger's entry in both cases. */
  record Gathered(Reading reading, Inputs inputs, InvalidInput unusable) {}

  /**
   * @throws StoreFailure if a store denied access or failed
   */
  Gathered read(MigrationRequest request) {
    together.start(secrets::prepareToken);
    Supplier<NumberSecret> secret =
        together.start(() -> secrets.read(request.phoneNumberId(), request.secretId()));
    Supplier<Backup> backup = together.start(() -> backups.read(request.backup()));
    Reading reading = closing.read(request.phoneNumberId());
    try {
      return new Gathered(reading, Inputs.of(request, reading, secret.get(), backup.get()), null);
    } catch (InvalidInput e) {
      return new Gathered(reading, null, e);
    }
  }
}
