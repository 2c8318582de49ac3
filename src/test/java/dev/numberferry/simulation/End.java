package dev.numberferry.simulation;

import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Retry;
import java.util.Optional;

/**
 * How a process ended.
 *
 * @param comesAgain whether its event has to be delivered again
 * @param told what its invoker was told, where that is a result
 * @param refusedRetry what a retry said that was refused as outdated
 */
record End(String words, boolean comesAgain, Optional<Told> told, Optional<Retry> refusedRetry) {

  /** A result, as the invoker was told it. */
  record Told(String migrationId, String number, String status, String reason) {}

  static final End DEAD = new End("died", true, Optional.empty(), Optional.empty());
  static final End FAILED = new End("failed", true, Optional.empty(), Optional.empty());

  /** The end of a message's process whose message does not come again. */
  static final End TAKEN = of("taken off its queue");

  static End of(String words) {
    return new End(words, false, Optional.empty(), Optional.empty());
  }

  static End of(MigrationResult result) {
    Told told =
        new Told(
            result.migrationId(),
            String.valueOf(result.phoneNumberId()),
            result.status().name(),
            String.valueOf(result.outcome().reason()));
    return new End(told.status(), false, Optional.of(told), Optional.empty());
  }

  /** The end of a process that took a retry. */
  End after(Retry retry) {
    return told.filter(it -> it.reason().equals("OUTDATED_RETRY")).isPresent()
        ? new End(words, comesAgain, told, Optional.of(retry))
        : this;
  }
}
