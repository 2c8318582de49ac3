package dev.numberferry.messaging;

import dev.numberferry.domain.Harm;
import java.time.Instant;
import java.util.Optional;

/**
 * What the ledger tells of a number's calls.
 *
 * @param called whether the run of the result has called, or may have
 * @param harm the newest call that may have done harm, where the number has not moved since
 */
public record LineHistory(boolean called, Optional<HarmfulCall> harm) {

  /**
   * A call that may have taken a line down.
   *
   * @param at when it was over, by the ledger's clock
   * @param code of WhatsApp's error, where it gave one
   */
  public record HarmfulCall(Instant at, Harm harm, Optional<Integer> code) {

    /** What is known of the line since, in words. */
    String words() {
      return switch (harm) {
        case LINE_DOWN ->
            (code.filter(it -> it == Harm.ACCOUNT_LOCKED).isPresent()
                    ? "LINE PROBABLY DOWN since %s (%s)"
                    : "LINE DOWN since %s (%s)")
                .formatted(at, code.orElse(null));
        case UNCLEAR -> "nobody knows what the call of %s did".formatted(at);
      };
    }
  }
}
