package dev.numberferry.migration;

import dev.numberferry.domain.MigrationResult;

/** Fails an invocation, so that its event is delivered again; it knows how the run ended. */
public abstract sealed class UnfinishedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String errorType;
  private final transient MigrationResult result;

  private UnfinishedException(String errorType, MigrationResult result, String message) {
    super(message);
    this.errorType = errorType;
    this.result = result;
  }

  /** The word by which whoever invoked the function knows the kind of the failure. */
  public String errorType() {
    return errorType;
  }

  /** How the run ended. */
  public MigrationResult result() {
    return result;
  }

  /** Fails the invocation so that the platform may deliver the event again: nothing was sent. */
  public static final class NotSentException extends UnfinishedException {

    private static final long serialVersionUID = 1L;

    NotSentException(MigrationResult result) {
      super("NotSent", result, result.summary() + ". " + result.outcome().nextStep());
    }
  }

  /**
   * Fails the invocation because the topic did not take the result; the message says what it was.
   */
  public static final class NotPublishedException extends UnfinishedException {

    private static final long serialVersionUID = 1L;

    NotPublishedException(MigrationResult result) {
      super("NotPublished", result, "The result was not published: " + result.summary());
    }
  }

  /**
   * Fails the invocation because the ledger did not take what a later decision needs: the result of
   * a call, whose claim the sweep will close, or an upload. The result was published.
   */
  public static final class NotRecordedException extends UnfinishedException {

    private static final long serialVersionUID = 1L;

    NotRecordedException(MigrationResult result) {
      super(
          "NotRecorded", result, "The result was published but not recorded: " + result.summary());
    }
  }

  /** Fails a queue's message, so that it comes again: what holds it back now will be over. */
  public static final class ComesAgainException extends UnfinishedException {

    private static final long serialVersionUID = 1L;

    ComesAgainException(MigrationResult result) {
      super("ComesAgain", result, "The message comes again: " + result.summary());
    }
  }
}
