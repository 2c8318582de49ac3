package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended: a result without what names the run and its times. Absent parts are null, and
 * left out of the JSON.
 *
 * @param reason why the call was held back
 * @param until when the call is no longer held back for that reason
 * @param harm what the call may have done to a line that worked
 * @param retryAfter from when on a new attempt makes sense, where waiting is what helps
 * @param findings what a dry run found: errors, which are in the way, and warnings
 * @param nextStep what the operator does now: one sentence
 * @param liftable whether a retry lifts it: the end of the run then says which, and this is over
 * @param retryState with {@code liftable}, what WhatsApp showed of the number, where a retry has to
 *     say that it knows it
 * @param retry what a {@code retry} has to say that is to lift this, where one can
 * @param reconciled whether it was learned by asking for the state, for want of an answer
 * @param seen where the number was last seen
 * @param details what else WhatsApp told of the number, after the move or in a dry run
 */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Outcome(
    Status status,
    @Nullable Reason reason,
    @Nullable Instant until,
    @Nullable ErrorDetails error,
    @Nullable Harm harm,
    @Nullable Instant retryAfter,
    @Nullable List<Finding> findings,
    @Nullable String nextStep,
    @JsonIgnore boolean liftable,
    @JsonIgnore @Nullable String retryState,
    @Nullable Retry retry,
    @Nullable Boolean reconciled,
    @JsonUnwrapped @Nullable NumberState seen,
    @JsonUnwrapped @Nullable NumberDetails details)
    implements OutcomeBuilder.With {

  private static Outcome of(
      Status status, @Nullable ErrorDetails error, @Nullable String nextStep) {
    return OutcomeBuilder.builder().status(status).error(error).nextStep(nextStep).build();
  }

  /** WhatsApp took the call; nobody has looked at the number since. */
  public static Outcome migrated() {
    return of(Status.MIGRATED, null, null)
        .withAfterCare(Optional.empty(), NumberDetails.unknown(), Optional.empty());
  }

  /** The number was found on the Cloud API after a call without an answer. */
  public static Outcome reconciled(NumberState seen) {
    return migrated()
        .withReconciled(true)
        .withAfterCare(Optional.of(seen), NumberDetails.unknown(), Optional.empty());
  }

  /** The ledger knows that the number has moved; nobody has looked at it now. */
  public static Outcome alreadyMigrated() {
    return of(
        Status.ALREADY_MIGRATED,
        null,
        "The number is on the Cloud API already, and nothing was sent: a test message shows whether"
            + " it works there.");
  }

  /** The number was seen on the Cloud API. */
  public static Outcome alreadyMigrated(NumberState seen) {
    Outcome outcome = alreadyMigrated().withSeen(seen);
    return seen.sendingWarning()
        .map(
            it ->
                outcome.withNextStep(
                    Sentence.of(
                        Stream.of(
                            "the number is on the Cloud API already, and nothing was sent",
                            it.asClause()))))
        .orElse(outcome);
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

  public static Outcome unknown(@Nullable ErrorDetails error, String nextStep) {
    return of(Status.UNKNOWN, error, nextStep);
  }

  public static Outcome invalid(InvalidInputException invalid) {
    return of(Status.INVALID, ErrorDetails.of(invalid.getMessage()), invalid.cure());
  }

  public static Outcome withheld(Reason reason, String problem, String nextStep) {
    return of(Status.WITHHELD, ErrorDetails.of(problem), nextStep).withReason(reason);
  }

  /** The answer to a dry run: ready if no finding is an error. */
  public static Outcome checked(List<Finding> findings) {
    Outcome outcome =
        findings.stream().anyMatch(Finding::isError)
            ? of(Status.NOT_READY, null, "Correct what findings name, then send the dry run again.")
            : of(
                Status.READY,
                null,
                findings.isEmpty()
                    ? "Send the same event without dryRun."
                    : "Read the warnings in findings, then send the same event without dryRun.");
    return outcome.withFindings(findings);
  }

  /**
   * The same after a look at the number that has moved; what is left to do follows from it.
   *
   * @param number the number as it was seen, where somebody saw it
   * @param region the data localization region that was asked for
   */
  public Outcome withAfterCare(
      Optional<NumberState> number, NumberDetails told, Optional<String> region) {
    String next = AfterMove.nextStep(number, told, region);
    return withSeen(number.orElse(null)).withDetails(told).withNextStep(next);
  }

  /** The same, with when a new attempt makes sense where a wait from now on is what helps. */
  public Outcome withRetryIn(Optional<Duration> wait, Instant now) {
    return wait.map(it -> withRetryAfter(now.plus(it).truncatedTo(ChronoUnit.MILLIS))).orElse(this);
  }

  /**
   * Of a number that has moved: whether its messages are held back, or those of users reach nobody,
   * as far as this tells.
   */
  public boolean cutsTheNumberOff() {
    return (seen != null && seen.holdsBack()) || (details != null && details.cutsTheNumberOff());
  }

  /** Whether somebody has looked where the number is, or how it works there. */
  public boolean hasALook() {
    return (seen != null && seen.platformType() != null)
        || (details != null && !details.equals(NumberDetails.unknown()));
  }

  /** What the call that ended so may have done to a line that worked. */
  public Optional<Harm> harmDone() {
    return Harm.of(status, Optional.ofNullable(error));
  }

  /**
   * Whether one more attempt may follow a call that ended so, by a retry: not with a PIN that was
   * wrong for certain, nor while the number is on the Cloud API.
   */
  public boolean mayBeRetried() {
    return switch (status) {
      case REJECTED -> error == null || !error.hasCode(Harm.WRONG_PIN);
      case UNKNOWN -> seen == null || seen.place() != NumberState.Place.MOVED_NOT_WORKING;
      default -> false;
    };
  }

  /**
   * What the operator does now, where nothing else of this is at hand: of a dry run what it found
   * in the way, each thing with its cure.
   */
  public Optional<String> remedy() {
    return status == Status.NOT_READY && findings != null
        ? Optional.of(
            Sentence.of(findings.stream().filter(Finding::isError).map(Finding::asClause)))
        : Optional.ofNullable(nextStep);
  }

  /** The same, as one thing that a dry run found in the way. */
  public Finding asFinding() {
    return Finding.error(
        reason == null ? "phoneNumberId" : reason.name(),
        (error == null ? "is on the Cloud API already" : String.valueOf(error.message()))
            + (until == null ? "" : ", until " + until)
            + (retryAfter == null ? "" : ", retryAfter " + retryAfter),
        Objects.requireNonNullElse(nextStep, ""));
  }
}
