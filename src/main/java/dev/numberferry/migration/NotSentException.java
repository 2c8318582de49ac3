package dev.numberferry.migration;

/** Fails the invocation so that the platform may deliver the event again: nothing was sent. */
public final class NotSentException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotSentException(MigrationResult result) {
    super(result.summary() + ". " + result.nextStep());
  }
}
