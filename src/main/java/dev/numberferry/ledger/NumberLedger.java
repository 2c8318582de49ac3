package dev.numberferry.ledger;

import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.StoreException;
import dev.numberferry.domain.Upload;
import dev.numberferry.support.Deadline;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
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
  private static final int TRIES_TO_KEEP = 2;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

  /** Of the 400 KB of an item: the rest is for the result of the attempt, and for a last one. */
  private static final int ROOM = 300_000;

  private final LedgerTable table;
  private final DueIndex index;

  NumberLedger(LedgerTable table, DueIndex index) {
    this.table = table;
    this.index = index;
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
    LedgerSnapshot known = read;
    Optional<StoreException> lost = Optional.empty();
    for (int i = 0; i < TRIES; i++) {
      Optional<Claim> decided = decide(known, attempt, rules);
      if (decided.isPresent()) {
        return decided.get();
      }
      try {
        Optional<LedgerSnapshot> claimed = table.write(known, claimed(known, attempt));
        if (claimed.isPresent()) {
          return new Claim.Granted(claimed.get());
        }
        LOG.info("Somebody else has changed the number's entry: deciding again");
      } catch (StoreException e) {
        if (!e.isUnanswered()) {
          throw lost.isPresent() ? mayStand(attempt, e) : e;
        }
        LOG.warnf("Not known whether the number is claimed: %s", e.getMessage());
        lost = Optional.of(e);
      }
      known = reread(known, attempt, lost.isPresent() ? deadline : Deadline.in(Duration.ZERO));
    }
    throw lost.map(it -> mayStand(attempt, it)).orElseGet(() -> contended(read));
  }

  /** Its own claim, where an earlier write of it has arrived; else what the rules say. */
  private static Optional<Claim> decide(
      LedgerSnapshot known,
      Attempt attempt,
      Function<LedgerSnapshot, Optional<Claim.Answer>> rules) {
    return known
        .entry()
        .attempt(attempt.migrationId())
        .<Claim>map(own -> own.isOpen() ? new Claim.Granted(known) : new Claim.Replay(known, own))
        .or(() -> rules.apply(known));
  }

  private LedgerEntry claimed(LedgerSnapshot known, Attempt attempt) {
    LedgerEntry entry = known.entry().with(attempt.withClaimedAt(known.now()));
    while (table.size(entry) > ROOM) {
      entry =
          entry
              .shortened(known.now())
              .orElseThrow(
                  () ->
                      new StoreException(
                          "the ledger's entry of number " + known.entry().number() + " is full",
                          "Nothing was sent: find out what makes so many attempts, and wait until"
                              + " the oldest call is 72 hours old."));
    }
    return entry;
  }

  private LedgerSnapshot reread(LedgerSnapshot known, Attempt attempt, Deadline deadline) {
    try {
      return untilItWorks(deadline, () -> table.read(known.entry().number()));
    } catch (StoreException e) {
      throw mayStand(attempt, e);
    }
  }

  private static StoreException mayStand(Attempt attempt, StoreException e) {
    return StoreException.unanswered(
        e.getMessage() + ", so the claim of migration " + attempt.migrationId() + " may stand",
        "Nothing was sent: if the number is claimed, sweep closes that as UNKNOWN all the same;"
            + " send the same event again after that.");
  }

  /**
   * Records what a run learned of its own claim, again and again until it works.
   *
   * @param deadline until when it is tried; at least once
   * @throws StoreException if it is not known whether it was recorded
   */
  public LedgerSnapshot record(LedgerSnapshot claimed, MigrationResult result, Deadline deadline) {
    return untilItWorks(
        deadline,
        () ->
            change(
                claimed,
                TRIES,
                entry ->
                    entry.change(
                        result.migrationId(), it -> it.endedByItsRun(result, claimed.now()))));
  }

  /**
   * Records what was concluded of an attempt without its run, unless the attempt has changed in the
   * meantime.
   *
   * @throws StoreException if it is not known whether it was recorded
   */
  public LedgerSnapshot conclude(LedgerSnapshot read, Attempt attempt, MigrationResult result) {
    return change(
        read,
        TRIES,
        entry ->
            entry.change(
                attempt.migrationId(),
                it -> it.equals(attempt) ? it.ended(result, read.now()) : it));
  }

  /**
   * Keeps that one more look at an unknown outcome told nothing new: the next is later.
   *
   * @throws StoreException if it is not known whether it was recorded
   */
  public LedgerSnapshot keepLook(LedgerSnapshot read, Attempt unknown) {
    return change(
        read,
        TRIES,
        entry ->
            entry.change(
                unknown.migrationId(), it -> it.equals(unknown) ? it.lookedAt(read.now()) : it));
  }

  /**
   * Keeps that the topic took a result, and the result as the topic took it.
   *
   * @throws StoreException if it is not known whether it was marked
   */
  public LedgerSnapshot markPublished(LedgerSnapshot known, MigrationResult result) {
    return change(
        known,
        TRIES,
        entry ->
            entry.change(
                result.migrationId(),
                it -> it.ended(result.status()) ? it.withResult(result).withPublished(true) : it));
  }

  /**
   * Keeps what a run leaves that was no attempt. It gives up soon: without it nothing is lost.
   *
   * @param last its result
   * @param upload the upload that started it
   * @throws StoreException if it is not known whether it was kept
   */
  public void keep(PhoneNumberId number, Optional<MigrationResult> last, Optional<Upload> upload) {
    change(
        table.read(number),
        TRIES_TO_KEEP,
        entry -> {
          LedgerEntry kept = last.map(entry::withLast).orElse(entry);
          return upload.map(kept::with).orElse(kept);
        });
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
   * Makes a change over the entry as it is known, and where another writer was faster, over the
   * entry as it is read again.
   */
  private LedgerSnapshot change(
      LedgerSnapshot known, int tries, UnaryOperator<LedgerEntry> change) {
    LedgerSnapshot snapshot = known;
    for (int i = 0; i < tries; i++) {
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

  /** Tries with growing pauses, and jitter, so that writers who met once do not meet again. */
  private static <T> T untilItWorks(Deadline deadline, Supplier<T> call) {
    AtomicReference<StoreException> last = new AtomicReference<>();
    try {
      return Uni.createFrom()
          .item(call)
          .onFailure(StoreException.class)
          .invoke(e -> last.set((StoreException) e))
          .onFailure(StoreException.class)
          .retry()
          .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
          .expireIn(Math.max(1, deadline.left().toMillis()))
          .await()
          .indefinitely();
    } catch (IllegalStateException e) {
      // There is no time for one more try.
      throw Optional.ofNullable(last.get()).orElseThrow(() -> e);
    }
  }

  private static StoreException contended(LedgerSnapshot known) {
    return StoreException.contended("the ledger's entry of number " + known.entry().number());
  }
}
