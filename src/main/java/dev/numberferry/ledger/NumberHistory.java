package dev.numberferry.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Retry;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of a number.
 *
 * @param state the status of its newest attempt, {@code IN_PROGRESS} while that lasts; without any,
 *     the status of its last result
 * @param retry what a {@code retry} has to say that knows all of this
 * @param attempts oldest first, without who asked for each
 * @param last the last result that was no attempt, or null
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NumberHistory(
    PhoneNumberId phoneNumberId,
    String state,
    @Nullable Retry retry,
    List<Attempt> attempts,
    @Nullable MigrationResult last) {

  /** Nothing where the entry is empty. */
  static Optional<NumberHistory> of(LedgerEntry entry) {
    Optional<String> state =
        entry
            .newest(attempt -> true)
            .map(it -> it.isOpen() ? Reason.IN_PROGRESS.name() : it.ending().status().name())
            .or(() -> entry.last().map(it -> it.status().name()));
    return state.map(
        it ->
            new NumberHistory(
                entry.number(),
                it,
                entry.nextRetry(),
                entry.attempts().stream().map(Attempt::withoutWhoAsked).toList(),
                entry.last().orElse(null)));
  }
}
