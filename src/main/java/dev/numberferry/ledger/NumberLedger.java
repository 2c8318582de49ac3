package dev.numberferry.ledger;

import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.StoreException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/**
 * Remembers every call, across runs and processes. Of all who decide on the same revision of a
 * number's entry one writes, and the others decide again: no writer undoes what another has
 * written.
 */
@ApplicationScoped
public class NumberLedger {

  private static final Logger LOG = Logger.getLogger(NumberLedger.class);
  private static final int TRIES = 10;

  private final LedgerTable table;

  NumberLedger(LedgerTable table) {
    this.table = table;
  }

  /**
   * @throws StoreException if the ledger cannot be read
   */
  public LedgerSnapshot read(PhoneNumberId number) {
    return table.read(number);
  }

  /**
   * Claims a number, if the rules let it.
   *
   * @param attempt what is to be claimed; its time is set here
   * @param rules what stands against a call, decided anew on each revision of the entry
   * @throws StoreException if it is not known whether the number was claimed; nothing was sent
   */
  public Claim claim(
      LedgerSnapshot read,
      Attempt attempt,
      Function<LedgerSnapshot, Optional<Claim.Answer>> rules) {
    LedgerSnapshot known = read;
    for (int i = 0; i < TRIES; i++) {
      Optional<Claim.Answer> answer = rules.apply(known);
      if (answer.isPresent()) {
        return answer.get();
      }
      Attempt claim = attempt.withClaimedAt(known.now());
      Optional<LedgerSnapshot> claimed = table.write(known, known.entry().with(claim));
      if (claimed.isPresent()) {
        return new Claim.Granted(claimed.get());
      }
      LOG.info("Somebody else has changed the number's entry: deciding again");
      known = table.read(known.entry().number());
    }
    throw contended(known);
  }

  /**
   * Records what a run learned of its own claim.
   *
   * @throws StoreException if it is not known whether it was recorded
   */
  public LedgerSnapshot record(LedgerSnapshot claimed, MigrationResult result) {
    return change(
        claimed,
        entry -> entry.change(result.migrationId(), it -> it.endedByItsRun(result, claimed.now())));
  }

  /**
   * Records what was concluded of an attempt without its run, unless somebody has learned more of
   * it in the meantime.
   *
   * @throws StoreException if it is not known whether it was recorded
   */
  public LedgerSnapshot conclude(LedgerSnapshot read, Attempt attempt, MigrationResult result) {
    return change(
        read,
        entry ->
            entry.change(
                attempt.migrationId(),
                it -> it.equals(attempt) ? it.ended(result, read.now()) : it));
  }

  /**
   * Keeps that the topic took a result, and the result as the topic took it.
   *
   * @throws StoreException if it is not known whether it was marked
   */
  public LedgerSnapshot markPublished(LedgerSnapshot known, MigrationResult result) {
    return change(
        known,
        entry ->
            entry.change(
                result.migrationId(),
                it -> it.ended(result.status()) ? it.withResult(result).withPublished(true) : it));
  }

  /**
   * Keeps a result that was no attempt as the number's last.
   *
   * @throws StoreException if it is not known whether it was kept
   */
  public void keepLast(MigrationResult result) {
    change(table.read(result.phoneNumberId()), entry -> entry.withLast(result));
  }

  /**
   * The numbers that somebody has to look at, now or soon, the longest due first.
   *
   * @throws StoreException if the ledger cannot be read
   */
  public List<PhoneNumberId> due() {
    return table.due();
  }

  /** Writes an entry anew, so that it leaves the index where nothing is left to do. */
  public void settle(LedgerSnapshot read) {
    table.write(read, read.entry());
  }

  /**
   * What is known of a number.
   *
   * @throws StoreException if the ledger cannot be read
   */
  public Optional<NumberHistory> history(PhoneNumberId number) {
    return NumberHistory.of(table.read(number).entry());
  }

  /**
   * Makes a change whatever others write: over what is known first, then over what is read anew.
   */
  private LedgerSnapshot change(LedgerSnapshot known, UnaryOperator<LedgerEntry> change) {
    LedgerSnapshot snapshot = known;
    for (int i = 0; i < TRIES; i++) {
      LedgerEntry next = change.apply(snapshot.entry());
      if (next.equals(snapshot.entry())) {
        return snapshot;
      }
      Optional<LedgerSnapshot> written = table.write(snapshot, next);
      if (written.isPresent()) {
        return written.get();
      }
      snapshot = table.read(known.entry().number());
    }
    throw contended(known);
  }

  private static StoreException contended(LedgerSnapshot known) {
    return StoreException.contended("the ledger's entry of number " + known.entry().number());
  }
}
