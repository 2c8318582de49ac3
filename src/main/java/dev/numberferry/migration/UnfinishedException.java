package dev.numberferry.migration;

import dev.numberferry.domain.MigrationResult;

/** Fails an invocation, so that its event is delivered again; it knows how the run ended. */
public abstract sealed class UnfinishedException extends RuntimeException
    permits NotSentException, NotPublishedException, NotRecordedException, ComesAgainException {

  private static final long serialVersionUID = 1L;

  private final transient MigrationResult result;

  UnfinishedException(MigrationResult result, String message) {
    super(message);
    this.result = result;
  }

  /** How the run ended. */
  public MigrationResult result() {
    return result;
  }
}
