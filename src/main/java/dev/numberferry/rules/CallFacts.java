package dev.numberferry.rules;

import dev.numberferry.domain.PinMatch;
import dev.numberferry.domain.Upload;
import dev.numberferry.ledger.AttemptKey;
import dev.numberferry.ledger.RefusedPin;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the rules have to know of a call, beside the ledger's entry: nothing of its secrets.
 *
 * @param key by which the same attempt is recognised
 * @param pins how the PIN that would be sent compares with one that was refused; asked only where
 *     one was
 * @param current whether the uploaded object is still the current one under its key; asked only
 *     where nothing else tells whether a newer one is known
 */
public record CallFacts(
    AttemptKey key, Function<RefusedPin, PinMatch> pins, Predicate<Upload> current) {}
