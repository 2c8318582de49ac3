package dev.numberferry.metrics;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a sweep when it is over; absent parts are null: it did not come so far.
 *
 * @param due so many numbers were to be looked at
 * @param failed so many of them have to be looked at again
 * @param oldestClaim how long ago the oldest claim was made that was still open
 * @param brakeEngaged whether nothing is moved until a person releases the brake
 */
@RecordBuilder
public record SweepLine(
    @Nullable Integer due,
    @Nullable Integer failed,
    @Nullable Duration oldestClaim,
    @Nullable Boolean brakeEngaged,
    Duration duration) {}
