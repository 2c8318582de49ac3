package dev.numberferry.domain;

import dev.numberferry.whatsapp.RegisterOutcome;
import dev.numberferry.whatsapp.RegisterOutcome.NotSent;
import dev.numberferry.whatsapp.RegisterOutcome.Refused;
import dev.numberferry.whatsapp.RegisterOutcome.Unclear;
import java.time.Instant;
import java.util.List;

/** How a run ended, before it is said which run it was; absent parts are null. */
public record Outcome(
    Status status,
    ErrorDetails error,
    String nextStep,
    Reason reason,
    Instant until,
    Instant retryAfter,
    Boolean reconciled,
    NumberState seen,
    List<Finding> findings) {

  private static final String DONE =
      "Send a test message through the Cloud API; nothing else is to do.";

  private static Outcome of(Status status, ErrorDetails error, String nextStep) {
    return new Outcome(status, error, nextStep, null, null, null, null, null, null);
  }

  /**
   * @param now from when a wait is counted
   */
  public static Outcome of(RegisterOutcome outcome, Instant now) {
    if (outcome instanceof Refused refused) {
      Instant after = refused.retryAfter().map(now::plus).orElse(null);
      return new Outcome(
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

  public static Outcome of(InvalidInputException invalid) {
    return of(Status.INVALID, ErrorDetails.of(invalid.getMessage()), invalid.cure());
  }

  public static Outcome invalid(String field, String problem, String cure) {
    return of(new InvalidInputException(field, problem, cure));
  }

  public static Outcome of(StoreException failure) {
    return of(Status.NOT_SENT, ErrorDetails.of(failure.getMessage()), failure.cure());
  }

  public static Outcome notSent(ErrorDetails problem, String nextStep) {
    return of(Status.NOT_SENT, problem, nextStep);
  }

  public static Outcome rejected(ErrorDetails problem, String nextStep) {
    return of(Status.REJECTED, problem, nextStep);
  }

  public static Outcome unknown(ErrorDetails problem, NumberState seen, String nextStep) {
    return of(Status.UNKNOWN, problem, nextStep).with(seen);
  }

  /** The number was found on the Cloud API after a call without an answer. */
  public static Outcome reconciled(NumberState seen) {
    return new Outcome(Status.MIGRATED, null, DONE, null, null, null, true, seen, null);
  }

  public static Outcome alreadyMigrated(NumberState seen) {
    return of(
            Status.ALREADY_MIGRATED,
            null,
            "The number is on the Cloud API already; nothing is to do.")
        .with(seen);
  }

  /**
   * @param until when this reason is over, or null where nobody knows
   */
  public static Outcome withheld(Reason reason, Instant until, String problem, String nextStep) {
    return new Outcome(
        Status.WITHHELD, ErrorDetails.of(problem), nextStep, reason, until, null, null, null, null);
  }

  public static Outcome rehearsed(List<Finding> findings, NumberState seen) {
    Outcome ending =
        findings.isEmpty()
            ? of(Status.READY, null, "Send the same event without dryRun.")
            : of(
                Status.NOT_READY, null, "Correct what findings name, then send the dry run again.");
    return new Outcome(
        ending.status, null, ending.nextStep, null, null, null, null, seen, findings);
  }

  /** The same with what was seen of the number. */
  public Outcome with(NumberState state) {
    return new Outcome(
        status, error, nextStep, reason, until, retryAfter, reconciled, state, findings);
  }

  /** The same, as one thing that a dry run found in the way. */
  public Finding finding() {
    String field = reason == null ? "phoneNumberId" : reason.name();
    return new Finding(
        field, error == null ? "is on the Cloud API already" : error.message(), nextStep);
  }
}
