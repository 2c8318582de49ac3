package dev.numberferry.migration;

import dev.numberferry.domain.MigrationResult;

/** Fails the invocation so that the platform may deliver the event again: nothing was sent. */
public final class NotSentException extends UnfinishedException {

  private static final long serialVersionUID = 1L;

  NotSentException(MigrationResult result) {
    super(result, result.summary() + ". " + result.outcome().nextStep());
  }
}
