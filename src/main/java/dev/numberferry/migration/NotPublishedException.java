package dev.numberferry.migration;

/** Fails the invocation because the topic did not take the result; the message says what it was. */
public final class NotPublishedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotPublishedException(MigrationResult result) {
    super("The result was not published: " + result.summary());
  }
}
