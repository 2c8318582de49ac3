package dev.numberferry.migration;

import dev.numberferry.domain.Outcome;
import dev.numberferry.ledger.Attempt;

/** What the ledger says to one more delivery. */
sealed interface Decision {

  /** Nothing is in the way of a call. */
  record Go() implements Decision {}

  /** The same attempt was made before; its recorded result is the answer. */
  record Replay(Attempt attempt) implements Decision {}

  /**
   * No call.
   *
   * @param silent whether the topic need not hear of it: the run in progress will tell
   */
  record Hold(Outcome ending, boolean silent) implements Decision {

    Hold(Outcome ending) {
      this(ending, false);
    }
  }
}
