/**
 * What CloudWatch counts and charts: {@link WideLines} writes one line at the end of each run and
 * of each sweep, in which everything stands at the root, and which is both a line of the log and
 * its metrics.
 *
 * <p>It knows {@code support} and {@code domain}. Nothing that goes wrong here ends a run.
 */
@NullMarked
package dev.numberferry.metrics;

import org.jspecify.annotations.NullMarked;
