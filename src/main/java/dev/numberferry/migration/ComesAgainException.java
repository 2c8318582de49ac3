package dev.numberferry.migration;

import dev.numberferry.domain.MigrationResult;

/** Fails a queue's message, so that it comes again: what holds it back now will be over. */
public final class ComesAgainException extends UnfinishedException {

  private static final long serialVersionUID = 1L;

  ComesAgainException(MigrationResult result) {
    super(result, "The message comes again: " + result.summary());
  }
}
