package dev.numberferry.simulation;

import java.util.function.Supplier;

/**
 * What can happen next.
 *
 * @param words for the history
 * @param taken makes it happen, and throws a {@link Violation} where something does not hold then
 */
record Step(String words, Supplier<State> taken) {}
