package dev.numberferry.ledger;

import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.StoreException;
import dev.numberferry.ledger.Attempt.Silence;
import dev.numberferry.support.Deadline;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Remembers every call, across runs and processes. Of all who decide on the same revision of a
 * number's entry one writes, and the others decide again: no writer undoes what another has
 * written.
 */
@ApplicationScoped
public class NumberLedger {

  private static final int TRIES = 10;
  private static final int TRIES_TO_KEEP = 2;

  private final LedgerTable table;
  private final ClaimWriter claims;
  private final DueIndex index;
  private final StoreRetry retry;

  NumberLedger(LedgerTable table, ClaimWriter claims, DueIndex index, StoreRetry retry) {
    this.table = table;
    this.claims = claims;
    this.index = index;
    this.retry = retry;
  }

  /**
   * @throws StoreException if the ledger cannot be read
   */
  public LedgerSnapshot read(PhoneNumberId number) {
    return table.read(number);
  }

  /**
   * Claims a number, if the rules let it. Where the ledger does not say whether a claim was
   * written, it is asked until it does.
   *
   * @param attempt what is to be claimed; its time is set here
   * @param rules what is answered instead of a call, decided anew on each revision of the entry
   * @param deadline until when the ledger is asked
   * @throws StoreException if the number could not be claimed, or it is not known whether it was:
   *     then its text says that the claim may stand. Nothing was sent
   */
  public Claim claim(
      LedgerSnapshot read,
      Attempt attempt,
      Function<LedgerSnapshot, Optional<Claim.Answer>> rules,
      Deadline deadline) {
    return claims.claim(read, attempt, rules, deadline);
  }

  /**
   * Records what a run learned of its own claim, again and again until it works.
   *
   * @param endedAt when its call was over, by the ledger's clock
   * @param deadline until when it is tried; at least once
   * @throws StoreException if it is not known whether it was recorded
   */
  public LedgerSnapshot record(
      LedgerSnapshot claimed, MigrationResult result, Instant endedAt, Deadline deadline) {
    return retry.untilItWorks(
        deadline,
        () -> change(claimed, result.migrationId(), it -> it.endedByItsRun(result, endedAt)));
  }

  /**
   * Records what was concluded of an attempt without its run, unless the attempt has changed in the
   * meantime.
   *
   * @param endedAt when that was, by the ledger's clock
   * @throws StoreException if it is not known whether it was recorded
   */
  public LedgerSnapshot conclude(
      LedgerSnapshot read, Attempt attempt, MigrationResult result, Instant endedAt) {
    return table.change(read, TRIES, entry -> entry.concluded(attempt, result, endedAt));
  }

  /**
   * Keeps that one more look at an unknown outcome told nothing new: the next is later.
   *
   * @throws StoreException if it is not known whether it was recorded
   */
  public LedgerSnapshot keepLook(LedgerSnapshot read, Attempt unknown) {
    return change(
        read,
        unknown.migrationId(),
        it -> it.equals(unknown) ? SweepSchedule.lookedAt(it, read.now()) : it);
  }

  /**
   * Keeps that the topic took a result, and the result as the topic took it.
   *
   * @param heard by which the next receives of a message are told from news, where one brought it
   * @throws StoreException if it is not known whether it was marked
   */
  public LedgerSnapshot markPublished(
      LedgerSnapshot known, MigrationResult result, Optional<Heard> heard) {
    return table.change(known, TRIES, entry -> entry.published(result, heard));
  }

  /**
   * Keeps that the topic is to hear nothing of a result.
   *
   * @throws StoreException if it is not known whether it was marked
   */
  public LedgerSnapshot markSilent(LedgerSnapshot known, MigrationResult result, Silence why) {
    return change(
        known,
        result.migrationId(),
        it -> it.ended(result.status()) ? it.withResult(result).silenced(why) : it);
  }

  private LedgerSnapshot change(
      LedgerSnapshot known, String migrationId, UnaryOperator<Attempt> change) {
    return table.change(known, TRIES, entry -> entry.change(migrationId, change));
  }

  /**
   * Keeps what a run leaves that was no attempt, in one write. It gives up soon where no upload is
   * part of it: nothing is lost without it then.
   *
   * @throws StoreException if it is not known whether it was kept
   */
  public void keep(LedgerSnapshot known, LastAnswer answer) {
    LastAnswer believed = answer.believedAt(known.now());
    int tries = answer.upload().isPresent() ? TRIES : TRIES_TO_KEEP;
    table.change(known, tries, entry -> entry.with(believed));
  }

  /**
   * The numbers that a sweep has to look at by now, the longest due first.
   *
   * @param deadline when to read no further
   * @throws StoreException if the ledger cannot be read
   */
  public List<PhoneNumberId> due(Deadline deadline) {
    return index.due(deadline);
  }

  /** Writes an entry anew, so that it leaves the index where nothing is left to do. */
  public void leaveIndex(LedgerSnapshot read) {
    table.write(read, read.entry());
  }

  /**
   * What is known of a number.
   *
   * @throws StoreException if the ledger cannot be read
   */
  public Optional<NumberHistory> history(PhoneNumberId number) {
    return NumberHistory.of(read(number).entry());
  }
}
