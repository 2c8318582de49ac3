package dev.numberferry.metrics;

import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Urgency;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a run when it is over; absent parts are null.
 *
 * @param migrationId the run's own, also where it answers what an earlier one has done
 * @param trigger which way its event came in, or {@code sweep}
 * @param result how it ended; null where it broke off
 * @param callsIn72h calls of {@code register} for the number, this one included
 * @param duration of the run itself
 * @param register how long the call took, where there was one
 * @param reconcile how long was asked what became of it, where that was asked
 * @param published whether the topic took the result; null where it was not to hear it
 * @param recorded whether the ledger took what later decisions need; null where there was nothing
 * @param waiting for how long the queue's message that brought it has been there; null where none
 *     did, where it need not come again, and at its first two receives
 */
@RecordBuilder
public record RunLine(
    String migrationId,
    @Nullable PhoneNumberId phoneNumberId,
    String trigger,
    @Nullable MigrationResult result,
    Urgency urgency,
    @Nullable Integer callsIn72h,
    Duration duration,
    @Nullable Duration register,
    @Nullable Duration reconcile,
    @Nullable Boolean published,
    @Nullable Boolean recorded,
    @Nullable Duration waiting) {}
