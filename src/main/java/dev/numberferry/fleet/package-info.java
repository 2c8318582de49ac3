/**
 * Many numbers in one list: {@link ManifestReader} checks it. Whoever moves the numbers is another.
 *
 * <p>It stands beside {@code migration}, and neither knows the other. A row is a migration event,
 * and is read as {@code event} reads one.
 */
@NullMarked
package dev.numberferry.fleet;

import org.jspecify.annotations.NullMarked;
