package dev.numberferry.migration;

import dev.numberferry.FerryConfig;
import dev.numberferry.backup.Backup;
import dev.numberferry.backup.BackupReader;
import dev.numberferry.domain.Finding;
import dev.numberferry.domain.Findings;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.NumberDetails;
import dev.numberferry.domain.NumberState;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.StoreException;
import dev.numberferry.ledger.Claim.Answer;
import dev.numberferry.ledger.Claim.Replay;
import dev.numberferry.ledger.Claim.Withheld;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.ledger.NumberLedger;
import dev.numberferry.migration.LogContext.Step;
import dev.numberferry.migration.Preflight.Check;
import dev.numberferry.rules.CallRules;
import dev.numberferry.rules.ExpectedNumber;
import dev.numberferry.rules.ExpectedNumber.Comparison;
import dev.numberferry.rules.OwnershipRules;
import dev.numberferry.secrets.NumberSecret;
import dev.numberferry.secrets.NumberSecrets;
import dev.numberferry.secrets.SecretReading;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Everything up to the claim, all that is in the way at once, and what an operator should know
 * besides. It claims nothing, counts nothing, and stores no PIN.
 */
@ApplicationScoped
class DryRun {

  /** What a look can say that is the answer itself and no finding. */
  private static final Set<Status> ANSWERS = Set.of(Status.ALREADY_MIGRATED, Status.NOT_SENT);

  private final NumberSecrets secrets;
  private final BackupReader backups;
  private final NumberLedger ledger;
  private final Preflight preflight;
  private final CallRules rules;
  private final DetailsReader details;
  private final Parallel parallel;
  private final Outlook outlook;
  private final OwnershipRules ownership;

  DryRun(
      NumberSecrets secrets,
      BackupReader backups,
      NumberLedger ledger,
      Preflight preflight,
      FerryConfig config,
      DetailsReader details,
      Parallel parallel,
      Outlook outlook) {
    this.secrets = secrets;
    this.backups = backups;
    this.ledger = ledger;
    this.preflight = preflight;
    this.rules = new CallRules(config.maxCalls(), config.longestRun());
    this.details = details;
    this.parallel = parallel;
    this.outlook = outlook;
    this.ownership = new OwnershipRules(config.secretPrefix(), config.secretSuffix());
  }

  /**
   * @return {@code READY} or {@code NOT_READY}; {@code ALREADY_MIGRATED} where the number has
   *     moved; {@code NOT_SENT} where a store or WhatsApp did not answer, so that nobody can say
   */
  Outcome check(MigrationRun run, MigrationRequest request) {
    Step.INPUTS.begins();
    try {
      parallel.start(secrets::prepareToken);
      LedgerSnapshot snapshot = ledger.read(request.phoneNumberId());
      run.knows(snapshot);
      if (request.retry().isEmpty() && hasMoved(snapshot)) {
        return moved(request, snapshot, () -> preflight.phoneNumber(request));
      }
      Step.CHECK.begins();
      return check(request, snapshot);
    } catch (StoreException e) {
      return Outcome.notSent(e);
    }
  }

  private Outcome check(MigrationRequest request, LedgerSnapshot snapshot) {
    Findings findings = new Findings();
    Supplier<Backup> backupCall = parallel.start(() -> backups.read(request.backup()));
    Optional<NumberSecret> secret = secret(request, findings);
    Optional<Backup> backup =
        read(findings, "backup", () -> Inputs.checked(request, backupCall.get(), secret));
    Optional<Check> look = secret.map(it -> preflight.check(request, it));
    Optional<Outcome> obstacle = look.flatMap(Check::obstacle);
    List<Finding> warnings = secret.map(outlook::of).orElse(List.of());
    if (obstacle.filter(DryRun::isAnswer).isPresent()) {
      return answer(obstacle.get(), findings, warnings);
    }
    Optional<Answer> held =
        inputs(request, secret, backup)
            .flatMap(it -> rules.answerUnbraked(snapshot, request, it.facts()));
    if (held.filter(it -> it.read(DryRun::hasMoved, DryRun::hasMoved)).isPresent()) {
      return moved(request, snapshot, () -> look.flatMap(Check::phoneNumber));
    }
    obstacle.map(Outcome::asFinding).ifPresent(findings::add);
    CallRules.braked(snapshot).map(Outcome::asFinding).ifPresent(findings::add);
    held.map(it -> it.read(DryRun::finding, withheld -> withheld.outcome().asFinding()))
        .ifPresent(findings::add);
    warnings.forEach(findings::add);
    Outcome outcome =
        look.flatMap(it -> it.seen().map(seen -> checked(request, it, seen, findings)))
            .orElseGet(() -> Outcome.checked(findings.all()));
    return withRetry(outcome, obstacle, held);
  }

  private Optional<NumberSecret> secret(MigrationRequest request, Findings findings) {
    Findings unreadable = new Findings();
    Optional<SecretReading> read =
        read(
            unreadable,
            "secretId",
            () -> secrets.read(request.phoneNumberId(), request.secretId()));
    ownership
        .findings(request, read.map(SecretReading::isNamedAfterItsNumber).orElse(true))
        .forEach(findings::add);
    unreadable.all().forEach(findings::add);
    return read.flatMap(it -> findings.read(it::usable));
  }

  /** For a number that has moved, no warning holds any more. */
  private static Outcome answer(Outcome obstacle, Findings findings, List<Finding> warnings) {
    if (obstacle.status() == Status.NOT_SENT) {
      warnings.forEach(findings::add);
    }
    return findings.all().isEmpty() ? obstacle : obstacle.withFindings(findings.all());
  }

  private Optional<Inputs> inputs(
      MigrationRequest request, Optional<NumberSecret> secret, Optional<Backup> backup) {
    return secret.flatMap(
        it -> backup.map(found -> Inputs.of(request, it, found, secrets, Optional::empty)));
  }

  /** With what a retry has to say that lifts what is in the way, where one lifts any of it. */
  private static Outcome withRetry(
      Outcome outcome, Optional<Outcome> obstacle, Optional<Answer> held) {
    boolean lifted =
        obstacle.filter(Outcome::liftable).isPresent()
            || held.filter(
                    it ->
                        it.read(
                            replay ->
                                replay.doubt().isPresent()
                                    || replay.attempt().ending().outcome().mayBeRetried(),
                            withheld -> withheld.outcome().liftable()))
                .isPresent();
    return outcome
        .withLiftable(lifted)
        .withRetryState(obstacle.map(Outcome::retryState).orElse(null));
  }

  private static Outcome moved(
      MigrationRequest request, LedgerSnapshot snapshot, Supplier<Optional<String>> look) {
    Comparison number = ExpectedNumber.compare(request, snapshot.entry(), look);
    return number
        .mismatch()
        .map(it -> Outcome.checked(List.of(it.asFinding())).withSeen(it.seen()))
        .orElseGet(() -> number.told(Outcome.alreadyMigrated()));
  }

  private static boolean hasMoved(LedgerSnapshot snapshot) {
    return snapshot.entry().newestCall().filter(it -> it.ended(Status.MIGRATED)).isPresent();
  }

  /** A KMS key that is not granted is as lasting as an input that is wrong. */
  private static <T> Optional<T> read(Findings findings, String field, Supplier<T> part) {
    try {
      return findings.read(part);
    } catch (StoreException e) {
      if (!e.isAboutKey()) {
        throw e;
      }
      findings.add(Finding.error(field, "cannot be read: " + e.getMessage(), e.cure()));
      return Optional.empty();
    }
  }

  private Outcome checked(
      MigrationRequest request, Check check, NumberState seen, Findings findings) {
    Supplier<Optional<Finding>> expiryCall = outlook.startExpiry(check.secret());
    NumberDetails told =
        details.start(request, check.secret().token(), Optional.ofNullable(seen.wabaId())).get();
    seen.disconnectedWarning().ifPresent(findings::add);
    told.warningsBefore(seen, request.dataLocalizationRegion()).forEach(findings::add);
    expiryCall.get().ifPresent(findings::add);
    return Outcome.checked(findings.all()).withSeen(seen).withDetails(told);
  }

  private static boolean isAnswer(Outcome obstacle) {
    return ANSWERS.contains(obstacle.status());
  }

  private static boolean hasMoved(Replay replay) {
    return replay.attempt().ended(Status.MIGRATED);
  }

  private static boolean hasMoved(Withheld withheld) {
    return withheld.outcome().status() == Status.ALREADY_MIGRATED;
  }

  private static Finding finding(Replay replay) {
    Outcome ending = replay.attempt().ending().outcome();
    Finding found = MigrationRun.bare(ending).asFinding();
    return Finding.error(
        "retry",
        "is not given, and this attempt was made before: it ended %s (%s)"
            .formatted(ending.status(), found.problem()),
        replay.doubt().map(it -> found.cure() + " " + it).orElse(found.cure()));
  }
}
