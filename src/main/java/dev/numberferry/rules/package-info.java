/**
 * May a number be called, and when again: pure functions of the ledger's entry, the request and
 * what WhatsApp shows. {@link dev.numberferry.rules.CallRules} gives their order; {@link
 * dev.numberferry.rules.StateRules} and {@link dev.numberferry.rules.ExpectedNumber} look at the
 * number's state, {@link dev.numberferry.rules.OwnershipRules} at whose secret and backup are,
 * {@link dev.numberferry.rules.WaitRule} at how a run ended. What they need of others is handed in
 * as a value or a function: they know no bean, no setting, no log and no outside thing but the
 * ledger's records.
 */
@NullMarked
package dev.numberferry.rules;

import org.jspecify.annotations.NullMarked;
