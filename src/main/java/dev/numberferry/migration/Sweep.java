package dev.numberferry.migration;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.LedgerEntry;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.ledger.NumberLedger;
import dev.numberferry.ledger.SweepSchedule;
import dev.numberferry.metrics.SweepLineBuilder;
import dev.numberferry.metrics.WideLines;
import dev.numberferry.support.Deadline;
import dev.numberferry.support.Durations;
import dev.numberferry.support.Invocation;
import dev.numberferry.support.Machine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Finishes what runs have left behind, for a synchronous invocation is not delivered again. It
 * closes claims and publishes what was not published; with the looks that are left it looks again
 * at unknown outcomes, for two hours. It never calls register.
 */
@ApplicationScoped
public class Sweep {

  private static final Logger LOG = Logger.getLogger(Sweep.class);

  /** As log lines and metrics name it, where runs have the way in of their event. */
  private static final String TRIGGER = "sweep";

  private final FerryConfig config;
  private final NumberLedger ledger;
  private final ClaimRecovery recovery;
  private final BrakeAlarm brake;
  private final Invocation invocation;
  private final Machine machine;
  private final WideLines lines;

  Sweep(
      FerryConfig config,
      NumberLedger ledger,
      ClaimRecovery recovery,
      BrakeAlarm brake,
      Invocation invocation,
      Machine machine,
      WideLines lines) {
    this.config = config;
    this.ledger = ledger;
    this.recovery = recovery;
    this.brake = brake;
    this.invocation = invocation;
    this.machine = machine;
    this.lines = lines;
  }

  /**
   * Looks at every number that is due, and at the brake.
   *
   * @return how many numbers were due
   * @throws SweepFailedException if one of them has to be looked at again; the others were done
   */
  public int run() {
    long begun = machine.nanos();
    SweepLineBuilder line = SweepLineBuilder.builder();
    try (LogContext context = LogContext.of(TRIGGER)) {
      return run(line);
    } finally {
      lines.write(() -> line.duration(Duration.ofNanos(machine.nanos() - begun)).build());
    }
  }

  private int run(SweepLineBuilder line) {
    Deadline deadline = invocation.deadline(config.workTime());
    BrakeAlarm.Check check = brake.check();
    line.brakeEngaged(check.engaged().orElse(null));
    LookupBudget looks = new LookupBudget();
    List<PhoneNumberId> due = ledger.due(deadline);
    line.due(due.size());
    Claims claims = new Claims();
    Set<PhoneNumberId> unknown = new HashSet<>();
    int failed =
        each(
            shuffled(due),
            deadline,
            number -> {
              if (finish(number, looks, claims)) {
                unknown.add(number);
              }
            });
    line.oldestClaim(claims.oldest(due.size()).orElse(null));
    // In their order: whoever was looked at is due later than the others.
    List<PhoneNumberId> watched = due.stream().filter(unknown::contains).toList();
    failed += each(watched, deadline, number -> lookAgain(number, looks));
    line.failed(failed);
    LOG.infof("Swept %s numbers", due.size());
    if (failed > 0 || !check.settled()) {
      throw new SweepFailedException(failed, check.settled());
    }
    return due.size();
  }

  /** Numbers that keep failing must not keep the others waiting for ever. */
  private List<PhoneNumberId> shuffled(List<PhoneNumberId> due) {
    List<PhoneNumberId> shuffled = new ArrayList<>(due);
    Collections.shuffle(shuffled, machine.random());
    return shuffled;
  }

  /** One number's failure does not end the others' turn. */
  private static int each(
      List<PhoneNumberId> numbers, Deadline deadline, Consumer<PhoneNumberId> turn) {
    int failed = 0;
    int left = numbers.size();
    for (PhoneNumberId number : numbers) {
      if (deadline.isOver()) {
        LOG.warnf("The time is over: %s numbers are left to the next sweep", left);
        break;
      }
      left--;
      try (LogContext context = LogContext.of(number)) {
        turn.accept(number);
      } catch (RuntimeException | OutOfMemoryError e) {
        LOG.errorf("Number %s is left to the next sweep: %s", number, UnexpectedFailure.words(e));
        failed++;
      }
    }
    return failed;
  }

  /**
   * Closes a stale claim, and publishes what was not published.
   *
   * @return whether an unknown outcome is left to be looked at
   */
  private boolean finish(PhoneNumberId number, LookupBudget looks, Claims claims) {
    LedgerSnapshot read = ledger.read(number);
    claims.saw(read);
    LedgerSnapshot snapshot = recovery.recovered(read, TRIGGER, looks::take);
    Optional<Instant> dueAt = dueAt(snapshot);
    if (dueAt.filter(snapshot.now()::isBefore).isPresent()) {
      // Its run is in progress, and will publish.
      return false;
    }
    recovery.publishLeftovers(snapshot, TRIGGER);
    if (dueAt.isEmpty()) {
      ledger.leaveIndex(snapshot);
    }
    return watched(snapshot).isPresent();
  }

  private void lookAgain(PhoneNumberId number, LookupBudget looks) {
    if (looks.areUsedUp()) {
      return;
    }
    LedgerSnapshot snapshot = ledger.read(number);
    watched(snapshot)
        .filter(it -> dueAt(snapshot).filter(snapshot.now()::isBefore).isEmpty())
        .filter(it -> looks.take())
        .map(it -> recovery.lookAgain(snapshot, it, TRIGGER))
        .ifPresent(it -> recovery.publishLeftovers(it, TRIGGER));
  }

  private Optional<Instant> dueAt(LedgerSnapshot snapshot) {
    return SweepSchedule.due(snapshot.entry(), snapshot.now(), config.longestRun());
  }

  private static Optional<Attempt> watched(LedgerSnapshot snapshot) {
    LedgerEntry entry = snapshot.entry();
    return entry.newest(it -> it.published() && SweepSchedule.isWatched(entry, it, snapshot.now()));
  }

  /** How old the claims are that one sweep finds open. */
  private static final class Claims {

    private Duration oldest = Duration.ZERO;
    private int seen;

    void saw(LedgerSnapshot read) {
      seen++;
      read.entry()
          .open()
          .map(it -> read.age(it.claimedAt()))
          .ifPresent(it -> oldest = Durations.longer(it, oldest));
    }

    /** Nothing where none was found, and not every number could be looked at. */
    Optional<Duration> oldest(int due) {
      return Optional.of(oldest).filter(it -> seen == due || !it.isZero());
    }
  }

  /**
   * The looks at numbers that are left to one sweep. WhatsApp answers 200 of them an hour for the
   * numbers of one account, and a migration needs one before its call.
   */
  private static final class LookupBudget {

    private static final int MOST = 8;

    private int left = MOST;

    /** Whether one more look may be made, which it then has to be. */
    boolean take() {
      if (areUsedUp()) {
        return false;
      }
      left--;
      return true;
    }

    boolean areUsedUp() {
      return left == 0;
    }
  }

  /** Fails the sweep's invocation, so that its alarm is raised; the log says what was wrong. */
  public static final class SweepFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SweepFailedException(int numbers, boolean brakeSettled) {
      super(
          Stream.of(
                      numbers == 0 ? "" : numbers == 1 ? "1 number" : numbers + " numbers",
                      brakeSettled ? "" : "the brake")
                  .filter(it -> !it.isEmpty())
                  .collect(Collectors.joining(" and "))
              + " could not be settled: the next sweep tries again, and the log says why");
    }
  }
}
