package dev.numberferry.fleet;

import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.Harm;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.StoreException;
import dev.numberferry.domain.Urgency;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.LedgerEntry;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Where a number stands: what a report needs of the ledger's entry.
 *
 * @param status of the newest answer; {@code IN_PROGRESS} while a run has claimed the number, and
 *     nothing where there was none
 * @param line what the newest call did to the line, until the number has moved
 * @param at when the newest answer was given
 * @param nextStep to wait while a run has claimed the number; else of the call that did something
 *     to the line, where one did; else of the newest answer, or of the newest look at a number that
 *     has moved
 */
@RecordBuilder
record Standing(
    Place place,
    boolean needsPerson,
    String status,
    String reason,
    String code,
    String line,
    Optional<Instant> at,
    String nextStep,
    String migrationId) {

  private static final String AT_WORK =
      "A run is at work on the number: wait two minutes, then make the report again.";

  /** What needs a person stands before what does not. */
  enum Place {
    LINE_DOWN,
    UNCLEAR,
    /** Nobody can tell, as its entry in the ledger cannot be read. */
    UNREADABLE,
    AT_WORK,
    REFUSED,
    HELD_BACK,
    NOT_READY,
    /** It has moved, and its messages are held back, or those of users reach nobody. */
    CUT_OFF,
    NOT_SENT,
    NOT_TRIED,
    READY,
    MOVED
  }

  static Standing of(LedgerEntry entry) {
    Optional<MigrationResult> newest = newest(entry, it -> true);
    Optional<Attempt> harm = entry.standingHarm();
    Optional<Outcome> telling = telling(entry, newest.map(MigrationResult::outcome));
    Place place = place(harm, entry.open(), telling);
    StandingBuilder standing =
        StandingBuilder.builder()
            .place(place)
            .needsPerson(needsPerson(place, telling))
            .line(harm.flatMap(Attempt::harm).map(Harm::name).orElse(""));
    return entry
        .open()
        .map(it -> atWork(standing, it))
        .orElseGet(
            () ->
                answered(
                    standing, newest, harm.map(it -> it.ending().outcome()).or(() -> telling)));
  }

  /**
   * A number whose entry in the ledger cannot be read.
   *
   * @param why that is
   */
  static Standing unreadable(StoreException why) {
    return nothing(StandingBuilder.builder())
        .place(Place.UNREADABLE)
        .needsPerson(true)
        .line("")
        .nextStep(
            ("Nobody knows where it stands, as %s: finish a deploy or a rollback that is under way,"
                    + " or find out what else writes there, then make the report again.")
                .formatted(why.getMessage()))
        .build();
  }

  /** What was answered before the claim says nothing of the run that has it. */
  private static Standing atWork(StandingBuilder standing, Attempt open) {
    return nothing(standing)
        .status(Reason.IN_PROGRESS.name())
        .at(Optional.of(open.claimedAt()))
        .nextStep(AT_WORK)
        .migrationId(open.migrationId())
        .build();
  }

  private static StandingBuilder nothing(StandingBuilder standing) {
    return standing
        .status("")
        .reason("")
        .code("")
        .nextStep("")
        .migrationId("")
        .at(Optional.empty());
  }

  /**
   * @param todo whose next step it is
   */
  private static Standing answered(
      StandingBuilder standing, Optional<MigrationResult> newest, Optional<Outcome> todo) {
    Optional<Outcome> outcome = newest.map(MigrationResult::outcome);
    return standing
        .status(outcome.map(it -> it.status().name()).orElse(""))
        .reason(outcome.map(Outcome::reason).map(Reason::name).orElse(""))
        .code(outcome.map(Outcome::error).map(ErrorDetails::code).map(String::valueOf).orElse(""))
        .at(newest.map(MigrationResult::finishedAt))
        .nextStep(todo.flatMap(Outcome::remedy).orElse(""))
        .migrationId(newest.map(MigrationResult::migrationId).orElse(""))
        .build();
  }

  /**
   * What says where the number stands: of one that has moved the newest answer in which somebody
   * looked, as the ledger answers for it without a look; else the newest.
   */
  private static Optional<Outcome> telling(LedgerEntry entry, Optional<Outcome> newest) {
    return newest
        .filter(Standing::hasMoved)
        .flatMap(moved -> newest(entry, it -> hasMoved(it) && it.hasALook()))
        .map(MigrationResult::outcome)
        .or(() -> newest);
  }

  private static boolean hasMoved(Outcome outcome) {
    return switch (outcome.status()) {
      case MIGRATED, ALREADY_MIGRATED -> true;
      default -> false;
    };
  }

  /** By the clocks of the machines, as one of the two answers knows no other. */
  private static Optional<MigrationResult> newest(LedgerEntry entry, Predicate<Outcome> kind) {
    Optional<MigrationResult> attempt =
        entry.newest(it -> !it.isOpen() && kind.test(it.ending().outcome())).map(Attempt::ending);
    return Stream.of(attempt, entry.last().filter(it -> kind.test(it.outcome())))
        .flatMap(Optional::stream)
        .reduce((one, other) -> other.finishedAt().isAfter(one.finishedAt()) ? other : one);
  }

  private static Place place(
      Optional<Attempt> harm, Optional<Attempt> open, Optional<Outcome> outcome) {
    if (harm.isPresent()) {
      return switch (harm.flatMap(Attempt::harm).orElseThrow()) {
        case LINE_DOWN -> Place.LINE_DOWN;
        case UNCLEAR -> Place.UNCLEAR;
      };
    }
    return open.map(it -> Place.AT_WORK)
        .or(() -> outcome.map(Standing::place))
        .orElse(Place.NOT_TRIED);
  }

  private static Place place(Outcome outcome) {
    return switch (outcome.status()) {
      case MIGRATED, ALREADY_MIGRATED -> outcome.cutsTheNumberOff() ? Place.CUT_OFF : Place.MOVED;
      case UNKNOWN -> Place.UNCLEAR;
      case REJECTED, INVALID -> Place.REFUSED;
      case WITHHELD -> Place.HELD_BACK;
      case NOT_READY -> Place.NOT_READY;
      case NOT_SENT -> Place.NOT_SENT;
      case READY -> Place.READY;
    };
  }

  private static boolean needsPerson(Place place, Optional<Outcome> outcome) {
    return switch (place) {
      case LINE_DOWN, UNCLEAR, UNREADABLE, REFUSED, NOT_READY, CUT_OFF -> true;
      case HELD_BACK -> outcome.filter(it -> Urgency.of(it) != Urgency.NONE).isPresent();
      // Where it says no time, waiting is not what helps.
      case NOT_SENT -> outcome.filter(it -> it.retryAfter() == null).isPresent();
      case AT_WORK, NOT_TRIED, READY, MOVED -> false;
    };
  }

  /** Whether nothing was in its way when it was looked at last, and that was after this. */
  boolean isReadySince(Instant begin) {
    return status.equals(Status.READY.name()) && isSince(begin);
  }

  /** Whether it has moved, as the newest answer says. */
  boolean hasMoved() {
    return status.equals(Status.MIGRATED.name()) || status.equals(Status.ALREADY_MIGRATED.name());
  }

  boolean isSince(Instant begin) {
    return at.filter(it -> it.isAfter(begin)).isPresent();
  }
}
