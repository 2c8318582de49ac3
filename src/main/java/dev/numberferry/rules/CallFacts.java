package dev.numberferry.rules;

import dev.numberferry.domain.VersionMatch;
import dev.numberferry.ledger.AttemptKey;
import dev.numberferry.ledger.RefusedPin;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the rules have to know of a call, beside the ledger's entry: nothing of its secrets.
 *
 * @param key by which the same attempt is recognised
 * @param pins how the PIN that would be sent compares with one that was refused; asked only where
 *     one was
 * @param entries how what would be sent from a secret for many numbers compares with what an
 *     earlier attempt's version of it has for the number; asked only where nothing but the version
 *     differs
 * @param successor what is current instead of the uploaded version of the object, in words; nothing
 *     where that is still the current one, or no upload started this
 */
public record CallFacts(
    AttemptKey key,
    Function<RefusedPin, VersionMatch> pins,
    Function<AttemptKey, VersionMatch> entries,
    Supplier<Optional<String>> successor) {

  /** Whether an earlier attempt is the one that would be made, as its key alone tells. */
  boolean isSameVersion(AttemptKey earlier) {
    return earlier.isSameAs(key);
  }

  /** Whether it is, with an entry of another version of the secret. */
  VersionMatch compareEntry(AttemptKey earlier) {
    return earlier.isSameButForVersion(key) ? entries.apply(earlier) : VersionMatch.OTHER;
  }
}
