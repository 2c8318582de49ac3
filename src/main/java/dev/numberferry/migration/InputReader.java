package dev.numberferry.migration;

import dev.numberferry.FerryConfig;
import dev.numberferry.backup.Backup;
import dev.numberferry.backup.BackupReader;
import dev.numberferry.domain.Findings;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.StoreException;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.migration.LogContext.Step;
import dev.numberferry.rules.OwnershipRules;
import dev.numberferry.secrets.NumberSecret;
import dev.numberferry.secrets.NumberSecrets;
import dev.numberferry.secrets.SecretReading;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads secret, backup and ledger side by side, and of an upload whether it is still the current
 * version of its object: what is settled is answered without that.
 */
@ApplicationScoped
class InputReader {

  private final NumberSecrets secrets;
  private final BackupReader backups;
  private final ClaimRecovery recovery;
  private final Parallel parallel;
  private final OwnershipRules ownership;

  InputReader(
      NumberSecrets secrets,
      BackupReader backups,
      ClaimRecovery recovery,
      Parallel parallel,
      FerryConfig config) {
    this.secrets = secrets;
    this.backups = backups;
    this.recovery = recovery;
    this.parallel = parallel;
    this.ownership = new OwnershipRules(config.secretPrefix(), config.secretSuffix());
  }

  /**
   * What was read.
   *
   * @param snapshot the number's entry, also where secret or backup cannot be used
   * @param inputs nothing where secret or backup cannot be read as such
   * @param findings why they cannot be used
   */
  record Reading(LedgerSnapshot snapshot, Optional<Inputs> inputs, Findings findings) {

    /**
     * @throws InvalidInputException if secret or backup cannot be used
     */
    Inputs usable() {
      findings.throwIfAny();
      return inputs.orElseThrow();
    }
  }

  /**
   * @throws StoreException if a store denied access or failed
   */
  Reading read(MigrationRequest request) {
    Step.INPUTS.begins();
    parallel.start(secrets::prepareToken);
    Supplier<SecretReading> secretCall =
        parallel.start(() -> secrets.read(request.phoneNumberId(), request.secretId()));
    Supplier<Backup> backupCall = parallel.start(() -> backups.read(request.backup()));
    Supplier<Optional<String>> successorCall =
        request
            .delivery()
            .upload()
            .map(it -> parallel.start(() -> backups.successor(it.object())))
            .orElse(Optional::empty);
    LedgerSnapshot snapshot =
        recovery.recovered(request.phoneNumberId(), request.delivery().trigger().word());
    Findings findings = new Findings();
    SecretReading read = secretCall.get();
    ownership.findings(request, read.isNamedAfterItsNumber()).forEach(findings::add);
    Optional<NumberSecret> secret = findings.read(read::usable);
    Optional<Backup> backup =
        findings.read(() -> Inputs.checked(request, backupCall.get(), secret));
    Optional<Inputs> inputs =
        secret.flatMap(
            it -> backup.map(found -> Inputs.of(request, it, found, secrets, successorCall)));
    return new Reading(snapshot, inputs, findings);
  }
}
