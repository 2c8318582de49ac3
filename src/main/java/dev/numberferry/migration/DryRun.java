package dev.numberferry.migration;

import dev.numberferry.FerryConfig;
import dev.numberferry.backup.Backup;
import dev.numberferry.backup.BackupReader;
import dev.numberferry.domain.Finding;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.NumberState;
import dev.numberferry.domain.Outcome;
import dev.numberferry.ledger.Book;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.migration.Decision.Hold;
import dev.numberferry.migration.Decision.Replay;
import dev.numberferry.migration.Preflight.Checked;
import dev.numberferry.secrets.NumberSecret;
import dev.numberferry.secrets.NumberSecrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A dry run: everything up to the claim, and all that is in the way at once. It claims nothing,
 * counts nothing, and stores no PIN.
 */
@ApplicationScoped
class DryRun {

  private final NumberSecrets secrets;
  private final BackupReader backups;
  private final Book book;
  private final Preflight checking;
  private final Claiming claiming;
  private final CallRules rules;

  DryRun(
      FerryConfig config,
      NumberSecrets secrets,
      BackupReader backups,
      Book book,
      Preflight checking,
      Claiming claiming) {
    this.secrets = secrets;
    this.backups = backups;
    this.book = book;
    this.checking = checking;
    this.claiming = claiming;
    this.rules = new CallRules(config.maxCalls());
  }

  /**
   * @throws StoreFailure if a store denied access or failed, so that nobody can say
   */
  Outcome run(MigrationRequest request) {
    List<Finding> findings = new ArrayList<>();
    Optional<NumberSecret> secret =
        found(findings, () -> secrets.read(request.phoneNumberId(), request.secretId()));
    Optional<Backup> backup = found(findings, () -> backups.read(request.backup()));
    Optional<NumberState> seen = secret.flatMap(it -> state(findings, request, it));
    LedgerSnapshot reading = book.read(request.phoneNumberId());
    if (secret.isPresent() && backup.isPresent()) {
      Inputs inputs = Inputs.of(request, reading, secret.get(), backup.get());
      ledgerFinding(reading, inputs)
          .filter(it -> findings.stream().noneMatch(it::equals))
          .ifPresent(findings::add);
    }
    return Outcome.rehearsed(findings, seen.orElse(null));
  }

  private Optional<NumberState> state(
      List<Finding> findings, MigrationRequest request, NumberSecret secret) {
    Checked checked = checking.check(request, secret);
    checked.obstacle().map(Outcome::finding).ifPresent(findings::add);
    return checked.look().told();
  }

  private Optional<Finding> ledgerFinding(LedgerSnapshot reading, Inputs inputs) {
    Decision decision =
        rules.decide(
            reading.entry(), inputs.key(), null, claiming.pins(inputs.secret()), reading.now());
    if (decision instanceof Hold hold) {
      return Optional.of(hold.ending().finding());
    }
    if (decision instanceof Replay replay) {
      return Optional.of(
          new Finding(
              "retry",
              "is not given, and this attempt was made before: it ended "
                  + replay.attempt().result().status(),
              "Give a reason in retry if there is to be one more attempt."));
    }
    return Optional.empty();
  }

  private static <T> Optional<T> found(List<Finding> findings, Supplier<T> part) {
    try {
      return Optional.of(part.get());
    } catch (InvalidInputException e) {
      findings.addAll(e.findings());
      return Optional.empty();
    }
  }
}
