package dev.numberferry.migration;

import dev.numberferry.domain.MigrationResult;

/**
 * Fails the invocation because the ledger did not take the result of a call; it was published, and
 * the sweep will close the claim.
 */
public final class NotRecordedException extends UnfinishedException {

  private static final long serialVersionUID = 1L;

  NotRecordedException(MigrationResult result) {
    super(result, "The result was published but not recorded: " + result.summary());
  }
}
