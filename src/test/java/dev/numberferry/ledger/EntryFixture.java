package dev.numberferry.ledger;

import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.BrakeState;
import dev.numberferry.domain.ErrorDetailsBuilder;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.MigrationResultBuilder;
import dev.numberferry.domain.OutcomeBuilder;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.Trigger;
import dev.numberferry.support.Machine;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** A number's entry as runs leave it behind, for tests of those who read it. */
public final class EntryFixture {

  private LedgerEntry entry = LedgerEntry.empty(new PhoneNumberId("106540352242922"));
  private BrakeState brake = BrakeState.NEW;
  private int ids;

  public LedgerEntry entry() {
    return entry;
  }

  /** The brake beside the entry. */
  public void braked(UnaryOperator<BrakeState> change) {
    brake = change.apply(brake);
  }

  /** The entry as it is read at a time. */
  public LedgerSnapshot at(Instant now) {
    return new LedgerSnapshot(entry, 1, brake, LedgerTime.heard(now, new Machine()));
  }

  /** One more claim, whose run is at work. */
  public Attempt claim(AttemptKey key, Instant at, UnaryOperator<AttemptBuilder> more) {
    Attempt claim =
        more.apply(
                AttemptBuilder.builder()
                    .migrationId("m" + ids++)
                    .key(key)
                    .trigger(Trigger.DIRECT)
                    .claimedAt(at))
            .build();
    entry = entry.with(claim);
    return claim;
  }

  /** One more claim, and how its run ended. */
  public Attempt end(AttemptKey key, Instant at, UnaryOperator<OutcomeBuilder> how) {
    return end(claim(key, at, it -> it), at, how);
  }

  /** How the run of a claim ended. */
  public Attempt end(Attempt claim, Instant at, UnaryOperator<OutcomeBuilder> how) {
    MigrationResult result = result(claim.migrationId(), at, how);
    entry = entry.change(claim.migrationId(), it -> it.ended(result, at).withPublished(true));
    return entry.attempt(claim.migrationId()).orElseThrow();
  }

  /** No result was published yet. */
  public void unpublished() {
    entry =
        entry.withAttempts(entry.attempts().stream().map(it -> it.withPublished(false)).toList());
  }

  /** A refusal with a code of WhatsApp's. */
  public static UnaryOperator<OutcomeBuilder> refusedWith(int code) {
    return it ->
        it.status(Status.REJECTED)
            .error(ErrorDetailsBuilder.builder().code(code).message("refused").build());
  }

  public static UnaryOperator<OutcomeBuilder> ended(Status status) {
    return it -> it.status(status);
  }

  public static StoredBackup object(String key, String version) {
    return new StoredBackup("number-ferry-backups", key, version);
  }

  private MigrationResult result(String id, Instant at, UnaryOperator<OutcomeBuilder> how) {
    return MigrationResultBuilder.builder()
        .schemaVersion(MigrationResult.SCHEMA_VERSION)
        .migrationId(id)
        .phoneNumberId(entry.number())
        .outcome(how.apply(OutcomeBuilder.builder().nextStep("next")).build())
        .startedAt(at)
        .finishedAt(at)
        .build();
  }
}
