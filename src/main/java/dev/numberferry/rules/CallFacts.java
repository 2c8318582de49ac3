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
 *     differs; nothing where the secret is the number's own, of which each version is another
 * @param successor what is current instead of the uploaded version of the object, in words; nothing
 *     where that is still the current one, or no upload started this
 */
public record CallFacts(
    AttemptKey key,
    Function<RefusedPin, VersionMatch> pins,
    Optional<Function<AttemptKey, VersionMatch>> entries,
    Supplier<Optional<String>> successor) {

  /** Whether an earlier attempt is the one that would be made, as its key alone tells. */
  boolean isSameVersion(AttemptKey earlier) {
    return earlier.isSameAs(key);
  }

  /** Whether only the number's entry in a secret for many numbers can tell. */
  boolean isForEntryToTell(AttemptKey earlier) {
    return entries.isPresent() && earlier.isSameButForVersion(key);
  }

  /** What that entry tells. */
  VersionMatch compareEntry(AttemptKey earlier) {
    return entries.map(it -> it.apply(earlier)).orElse(VersionMatch.OTHER);
  }
}
