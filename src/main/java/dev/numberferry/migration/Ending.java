package dev.numberferry.migration;

import dev.numberferry.Finding;
import dev.numberferry.InvalidInput;
import dev.numberferry.Problem;
import dev.numberferry.StoreFailure;
import dev.numberferry.whatsapp.NumberState;
import dev.numberferry.whatsapp.RegisterOutcome;
import dev.numberferry.whatsapp.RegisterOutcome.NotSent;
import dev.numberferry.whatsapp.RegisterOutcome.Refused;
import dev.numberferry.whatsapp.RegisterOutcome.Unclear;
import java.time.Instant;
import java.util.List;

/** How a run ended, before it is said which run it was; absent parts are null. */
record Ending(
    Status status,
    Problem error,
    String nextStep,
    Reason reason,
    Instant until,
    Instant retryAfter,
    Boolean reconciled,
    NumberState seen,
    List<Finding> findings) {

  private static final String DONE =
      "Send a test message through the Cloud API; nothing else is to do.";

  private static Ending of(Status status, Problem error, String nextStep) {
    return new Ending(status, error, nextStep, null, null, null, null, null, null);
  }

  /**
   * @param now from when a wait is counted
   */
  static Ending of(RegisterOutcome outcome, Instant now) {
    if (outcome instanceof Refused refused) {
      Instant after = refused.retryAfter().map(now::plus).orElse(null);
      return new Ending(
          Status.REJECTED,
          refused.problem(),
          refused.nextStep(),
          null,
          null,
          after,
          null,
          null,
          null);
    }
    if (outcome instanceof NotSent notSent) {
      return of(Status.NOT_SENT, notSent.problem(), notSent.nextStep());
    }
    if (outcome instanceof Unclear unclear) {
      return unknown(unclear.problem(), null, unclear.nextStep());
    }
    return of(Status.MIGRATED, null, DONE);
  }

  static Ending of(InvalidInput invalid) {
    return of(Status.INVALID, Problem.of(invalid.getMessage()), invalid.cure());
  }

  static Ending invalid(String field, String problem, String cure) {
    return of(new InvalidInput(field, problem, cure));
  }

  static Ending of(StoreFailure failure) {
    return of(Status.NOT_SENT, Problem.of(failure.getMessage()), failure.cure());
  }

  static Ending notSent(Problem problem, String nextStep) {
    return of(Status.NOT_SENT, problem, nextStep);
  }

  static Ending rejected(Problem problem, String nextStep) {
    return of(Status.REJECTED, problem, nextStep);
  }

  static Ending unknown(Problem problem, NumberState seen, String nextStep) {
    return of(Status.UNKNOWN, problem, nextStep).with(seen);
  }

  /** The number was found on the Cloud API after a call without an answer. */
  static Ending reconciled(NumberState seen) {
    return new Ending(Status.MIGRATED, null, DONE, null, null, null, true, seen, null);
  }

  static Ending alreadyMigrated(NumberState seen) {
    return of(
            Status.ALREADY_MIGRATED,
            null,
            "The number is on the Cloud API already; nothing is to do.")
        .with(seen);
  }

  /**
   * @param until when this reason is over, or null where nobody knows
   */
  static Ending withheld(Reason reason, Instant until, String problem, String nextStep) {
    return new Ending(
        Status.WITHHELD, Problem.of(problem), nextStep, reason, until, null, null, null, null);
  }

  static Ending rehearsed(List<Finding> findings, NumberState seen) {
    Ending ending =
        findings.isEmpty()
            ? of(Status.READY, null, "Send the same event without dryRun.")
            : of(
                Status.NOT_READY, null, "Correct what findings name, then send the dry run again.");
    return new Ending(ending.status, null, ending.nextStep, null, null, null, null, seen, findings);
  }

  /** The same with what was seen of the number. */
  Ending with(NumberState state) {
    return new Ending(
        status, error, nextStep, reason, until, retryAfter, reconciled, state, findings);
  }

  /** The same, as one thing that a dry run found in the way. */
  Finding finding() {
    String field = reason == null ? "phoneNumberId" : reason.name();
    return new Finding(
        field, error == null ? "is on the Cloud API already" : error.message(), nextStep);
  }
}
