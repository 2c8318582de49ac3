/**
 * Many numbers in one list: {@link ManifestReader} checks it, and a {@link Report} says what became
 * of each, as the ledger tells. Whoever moves the numbers is another.
 *
 * <p>It stands beside {@code migration}, and neither knows the other. A row is a migration event,
 * and is read as {@code event} reads one.
 */
@NullMarked
package dev.numberferry.fleet;

import org.jspecify.annotations.NullMarked;
