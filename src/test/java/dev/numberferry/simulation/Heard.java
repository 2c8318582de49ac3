package dev.numberferry.simulation;

import java.time.Instant;
import java.util.Optional;

/**
 * What a process heard.
 *
 * @param answer nothing where there was none
 * @param at the time when it heard it
 */
record Heard(Optional<Object> answer, Instant at) {}
