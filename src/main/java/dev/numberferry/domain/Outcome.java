package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/**
 * How a run ended: a result without what names the run and its times. Absent parts are null, and
 * left out of the JSON.
 *
 * @param reason why the call was held back
 * @param until when the call is no longer held back for that reason
 * @param retryAfter from when on a new attempt makes sense, where waiting is what helps
 * @param findings what a dry run found
 * @param nextStep what the operator does now: one sentence
 * @param retry what a {@code retry} has to say that is to lift this, where one can
 * @param reconciled whether it was learned by asking for the state, for want of an answer
 * @param seen where the number was last seen
 */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Outcome(
    Status status,
    Reason reason,
    Instant until,
    ErrorDetails error,
    Instant retryAfter,
    List<Finding> findings,
    String nextStep,
    Retry retry,
    Boolean reconciled,
    @JsonUnwrapped NumberState seen)
    implements OutcomeBuilder.With {

  private static final String DONE =
      "Send a test message through the Cloud API; nothing else is to do.";

  private static Outcome of(Status status, ErrorDetails error, String nextStep) {
    return OutcomeBuilder.builder().status(status).error(error).nextStep(nextStep).build();
  }

  public static Outcome migrated() {
    return of(Status.MIGRATED, null, DONE);
  }

  /** The number was found on the Cloud API after a call without an answer. */
  public static Outcome reconciled(NumberState seen) {
    return migrated().withReconciled(true).withSeen(seen);
  }

  public static Outcome alreadyMigrated() {
    return of(
        Status.ALREADY_MIGRATED,
        null,
        "The number was on the Cloud API already, and nothing was sent.");
  }

  public static Outcome rejected(ErrorDetails error, String nextStep) {
    return of(Status.REJECTED, error, nextStep);
  }

  public static Outcome notSent(ErrorDetails error, String nextStep) {
    return of(Status.NOT_SENT, error, nextStep);
  }

  public static Outcome notSent(StoreException failure) {
    return notSent(ErrorDetails.of(failure.getMessage()), failure.cure());
  }

  public static Outcome unknown(ErrorDetails error, String nextStep) {
    return of(Status.UNKNOWN, error, nextStep);
  }

  public static Outcome invalid(InvalidInputException invalid) {
    return of(Status.INVALID, ErrorDetails.of(invalid.getMessage()), invalid.cure());
  }

  public static Outcome withheld(Reason reason, String problem, String nextStep) {
    return of(Status.WITHHELD, ErrorDetails.of(problem), nextStep).withReason(reason);
  }

  /** The answer to a dry run. */
  public static Outcome checked(List<Finding> findings) {
    Outcome outcome =
        findings.isEmpty()
            ? of(Status.READY, null, "Send the same event without dryRun.")
            : of(
                Status.NOT_READY, null, "Correct what findings name, then send the dry run again.");
    return outcome.withFindings(findings);
  }

  /** The same, as one thing that a dry run found in the way. */
  public Finding asFinding() {
    String field = reason == null ? "phoneNumberId" : reason.name();
    return new Finding(
        field, error == null ? "is on the Cloud API already" : error.message(), nextStep);
  }
}
