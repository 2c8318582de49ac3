package dev.numberferry.migration;

import dev.numberferry.domain.MigrationResult;

/** Fails the invocation because the topic did not take the result; the message says what it was. */
public final class NotPublishedException extends UnfinishedException {

  private static final long serialVersionUID = 1L;

  NotPublishedException(MigrationResult result) {
    super(result, "The result was not published: " + result.summary());
  }
}
