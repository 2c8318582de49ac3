package dev.numberferry.ledger;

import dev.numberferry.domain.StoreException;
import dev.numberferry.support.Deadline;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Writes claims, and finds out whether one was written where the ledger does not say. */
@ApplicationScoped
class ClaimWriter {

  private static final Logger LOG = Logger.getLogger(ClaimWriter.class);
  private static final int TRIES = 10;

  /** Of the 400 KB of an item: the rest is for the result of the attempt, and for a last one. */
  private static final int ROOM = 300_000;

  private final LedgerTable table;
  private final StoreRetry retry;

  ClaimWriter(LedgerTable table, StoreRetry retry) {
    this.table = table;
    this.retry = retry;
  }

  /** As {@link NumberLedger#claim}. */
  Claim claim(
      LedgerSnapshot read,
      Attempt attempt,
      Function<LedgerSnapshot, Optional<Claim.Answer>> rules,
      Deadline deadline) {
    LedgerSnapshot known = read;
    Optional<StoreException> lost = Optional.empty();
    for (int i = 0; i < TRIES; i++) {
      Optional<Claim> decided = decide(known, attempt, rules, lost.isPresent());
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
      known = reread(known, attempt, lost.isPresent() ? deadline : Deadline.OVER);
    }
    throw lost.map(it -> mayStand(attempt, it)).orElseGet(() -> LedgerTable.contended(read));
  }

  /** Its own claim, where an earlier write of it has arrived; else what the rules say. */
  private static Optional<Claim> decide(
      LedgerSnapshot known,
      Attempt attempt,
      Function<LedgerSnapshot, Optional<Claim.Answer>> rules,
      boolean lost) {
    try {
      return known
          .entry()
          .attempt(attempt.migrationId())
          .<Claim>map(
              own -> own.isOpen() ? new Claim.Granted(known) : Claim.Replay.certain(known, own))
          .or(() -> rules.apply(known));
    } catch (StoreException e) {
      throw lost ? mayStand(attempt, e) : e;
    }
  }

  private LedgerEntry claimed(LedgerSnapshot known, Attempt attempt) {
    LedgerEntry entry =
        known.entry().with(attempt.withClaimedAt(known.now()).believedAt(known.now()));
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
      return retry.untilItWorks(deadline, () -> table.read(known.entry().number()));
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
}
