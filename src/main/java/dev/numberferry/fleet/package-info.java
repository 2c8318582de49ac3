/**
 * Many numbers in one list: {@link Fleet} checks a manifest, says what is done with its rows next,
 * and reports what became of them. It reads the ledger and writes lists and reports; whoever moves
 * the numbers is another.
 *
 * <p>It stands beside {@code migration}, and neither knows the other. A row is a migration event,
 * and is read as {@code event} reads one. It never gets at secrets, WhatsApp or the topic.
 */
@NullMarked
package dev.numberferry.fleet;

import org.jspecify.annotations.NullMarked;
