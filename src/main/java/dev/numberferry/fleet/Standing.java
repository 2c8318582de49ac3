package dev.numberferry.fleet;

import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.Harm;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.Urgency;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.LedgerEntry;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a number stands: what a report needs of the ledger's entry.
 *
 * @param status of the newest answer; {@code IN_PROGRESS} while a run has claimed the number, and
 *     nothing where there was none
 * @param line what the newest call did to the line, until the number has moved
 * @param at when the newest answer was given
 * @param nextStep of the call that did something to the line, where one did; else of the newest
 *     answer
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

  /** What needs a person stands before what does not. */
  enum Place {
    LINE_DOWN,
    UNCLEAR,
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
    Optional<MigrationResult> newest = newest(entry);
    Optional<Attempt> open = entry.open();
    Optional<Attempt> harm = entry.standingHarm();
    Optional<Outcome> outcome = newest.map(MigrationResult::outcome);
    Place place = place(harm, open, outcome);
    return StandingBuilder.builder()
        .place(place)
        .needsPerson(needsPerson(place, outcome))
        .status(
            open.map(it -> Reason.IN_PROGRESS.name())
                .or(() -> outcome.map(it -> it.status().name()))
                .orElse(""))
        .reason(outcome.map(Outcome::reason).map(Reason::name).orElse(""))
        .code(outcome.map(Outcome::error).map(ErrorDetails::code).map(String::valueOf).orElse(""))
        .line(harm.flatMap(Attempt::harm).map(Harm::name).orElse(""))
        .at(open.map(Attempt::claimedAt).or(() -> newest.map(MigrationResult::finishedAt)))
        .nextStep(
            harm.map(it -> it.ending().outcome())
                .or(() -> outcome)
                .flatMap(Outcome::remedy)
                .orElse(""))
        .migrationId(
            open.map(Attempt::migrationId)
                .or(() -> newest.map(MigrationResult::migrationId))
                .orElse(""))
        .build();
  }

  /** By the clocks of the machines, as one of the two answers knows no other. */
  private static Optional<MigrationResult> newest(LedgerEntry entry) {
    Optional<MigrationResult> attempt = entry.newest(it -> !it.isOpen()).map(Attempt::ending);
    return Stream.of(attempt, entry.last())
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
      case MIGRATED, ALREADY_MIGRATED ->
          Urgency.of(outcome) == Urgency.NONE ? Place.MOVED : Place.CUT_OFF;
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
      case LINE_DOWN, UNCLEAR, REFUSED, NOT_READY, CUT_OFF -> true;
      case HELD_BACK -> outcome.filter(it -> Urgency.of(it) != Urgency.NONE).isPresent();
      case AT_WORK, NOT_SENT, NOT_TRIED, READY, MOVED -> false;
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
