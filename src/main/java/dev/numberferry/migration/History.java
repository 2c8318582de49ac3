package dev.numberferry.migration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.numberferry.PhoneNumberId;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.Entry;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;

/**
 * What the ledger knows of a number.
 *
 * @param state the status of its newest attempt, {@code IN_PROGRESS} while that lasts; without any,
 *     the status of its last result
 * @param attempts oldest first
 * @param last the last result that was no attempt
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record History(
    PhoneNumberId phoneNumberId, String state, List<Attempt> attempts, MigrationResult last) {

  static Optional<History> of(Entry entry) {
    Optional<String> state =
        entry
            .newest(attempt -> true)
            .map(it -> it.isOpen() ? Reason.IN_PROGRESS.name() : it.result().status().name())
            .or(() -> Optional.ofNullable(entry.last()).map(it -> it.status().name()));
    return state.map(it -> new History(entry.number(), it, entry.attempts(), entry.last()));
  }
}
