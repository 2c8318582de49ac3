package dev.numberferry.simulation;

import java.util.function.Supplier;

/**
 * What can happen next.
 *
 * @param who goes on by it; empty where nobody does
 * @param isSeldom whether it is a fault or a jump of time, of which there are few
 * @param words for the history
 * @param taken makes it happen, and throws a {@link Violation} where something does not hold then
 */
record Step(String who, boolean isSeldom, String words, Supplier<State> taken) {}
