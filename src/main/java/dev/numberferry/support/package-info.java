/**
 * What several rooms need and no operator has heard of: strict JSON ({@link StrictJson}), results
 * of a bounded size ({@link BoundedResults}), the event that they show ({@link ShownEvent}), texts
 * as consoles leave them ({@link Texts}), AWS's errors in the operator's words ({@link AwsErrors}),
 * the machine's clocks, pauses, ids and chance ({@link Machine}), the time of an invocation ({@link
 * Invocation}, {@link Deadline}), the way out through a proxy ({@link HttpsProxy}), what wrong
 * settings stop ({@link WrongSettings}), and clients that are ready before the first event ({@link
 * Primer}, {@link DryCall}).
 *
 * <p>It knows {@code domain} only, and not the operator's settings.
 */
@NullMarked
package dev.numberferry.support;

import org.jspecify.annotations.NullMarked;
