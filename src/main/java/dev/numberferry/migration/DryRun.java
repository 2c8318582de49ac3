package dev.numberferry.migration;

import dev.numberferry.backup.Backup;
import dev.numberferry.backup.BackupReader;
import dev.numberferry.domain.Finding;
import dev.numberferry.domain.Findings;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.NumberState;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Retry;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.StoreException;
import dev.numberferry.ledger.Claim.Replay;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.ledger.NumberLedger;
import dev.numberferry.migration.Preflight.Check;
import dev.numberferry.secrets.NumberSecret;
import dev.numberferry.secrets.NumberSecrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Checks everything up to the claim, and reports all that is in the way at once. It claims nothing,
 * counts nothing, and stores no PIN.
 */
@ApplicationScoped
class DryRun {

  private final NumberSecrets secrets;
  private final BackupReader backups;
  private final NumberLedger ledger;
  private final Preflight preflight;
  private final CallRules rules;

  DryRun(
      NumberSecrets secrets,
      BackupReader backups,
      NumberLedger ledger,
      Preflight preflight,
      CallRules rules) {
    this.secrets = secrets;
    this.backups = backups;
    this.ledger = ledger;
    this.preflight = preflight;
    this.rules = rules;
  }

  /**
   * @return {@code READY}, {@code NOT_READY}, or {@code NOT_SENT} where a store denied access or
   *     failed, so that neither is known
   */
  Outcome check(MigrationRequest request) {
    try {
      return findings(request);
    } catch (StoreException e) {
      return Outcome.notSent(e);
    }
  }

  private Outcome findings(MigrationRequest request) {
    Findings findings = new Findings();
    Optional<NumberSecret> secret =
        findings.read(() -> secrets.read(request.phoneNumberId(), request.secretId()));
    Optional<Backup> backup = findings.read(() -> backups.read(request.backup()));
    LedgerSnapshot snapshot = ledger.read(request.phoneNumberId());
    Retry next = snapshot.entry().nextRetry();
    Optional<NumberState> seen = secret.flatMap(it -> state(findings, request, it, next));
    secret
        .flatMap(it -> backup.map(found -> Inputs.of(request, it, found, secrets)))
        .flatMap(inputs -> rules.answer(snapshot, request, inputs))
        .map(answer -> answer.read(DryRun::finding, withheld -> withheld.outcome().asFinding()))
        .ifPresent(findings::add);
    Outcome outcome = Outcome.checked(findings.all()).withSeen(seen.orElse(null));
    return outcome.status() == Status.READY ? outcome : outcome.withRetry(next);
  }

  private Optional<NumberState> state(
      Findings findings, MigrationRequest request, NumberSecret secret, Retry next) {
    Check check = preflight.check(request, secret, next);
    check.obstacle().map(Outcome::asFinding).ifPresent(findings::add);
    return check.seen();
  }

  private static Finding finding(Replay replay) {
    return new Finding(
        "retry",
        "is not given, and this attempt was made before: it ended "
            + replay.attempt().result().status(),
        "Give the retry of this result, with a reason, if there is to be one more attempt.");
  }
}
