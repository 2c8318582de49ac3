package dev.numberferry.ledger;

import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.support.Deadline;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * A real ledger in which something may happen before a result is recorded or marked, and that keeps
 * nothing else.
 */
public final class FailingLedger extends NumberLedger {

  private final NumberLedger real;
  private final Runnable beforeRecord;
  private final Runnable beforeMark;

  public FailingLedger(NumberLedger real, Runnable beforeRecord, Runnable beforeMark) {
    super(null, null, null, null);
    this.real = real;
    this.beforeRecord = beforeRecord;
    this.beforeMark = beforeMark;
  }

  @Override
  public LedgerSnapshot read(PhoneNumberId number) {
    return real.read(number);
  }

  @Override
  public Claim claim(
      LedgerSnapshot read,
      Attempt attempt,
      Function<LedgerSnapshot, Optional<Claim.Answer>> rules,
      Deadline deadline) {
    return real.claim(read, attempt, rules, deadline);
  }

  @Override
  public LedgerSnapshot record(
      LedgerSnapshot claimed, MigrationResult result, Instant endedAt, Deadline deadline) {
    beforeRecord.run();
    return real.record(claimed, result, endedAt, deadline);
  }

  @Override
  public void keep(LedgerSnapshot known, LastAnswer answer) {
    throw new IllegalStateException("a surprise");
  }

  @Override
  public LedgerSnapshot markPublished(
      LedgerSnapshot known, MigrationResult result, Optional<Heard> heard) {
    beforeMark.run();
    return real.markPublished(known, result, heard);
  }
}
