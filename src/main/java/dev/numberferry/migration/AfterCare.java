package dev.numberferry.migration;

import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Status;
import dev.numberferry.whatsapp.LookupResult;
import dev.numberferry.whatsapp.NumberLookup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/** Looks at a number that has just moved, while that is being recorded. */
@ApplicationScoped
class AfterCare {

  private final NumberLookup lookup;
  private final Parallel parallel;

  AfterCare(NumberLookup lookup, Parallel parallel) {
    this.lookup = lookup;
    this.parallel = parallel;
  }

  /**
   * @return waits for the outcome with what was seen of the number, where anything was
   */
  Supplier<Outcome> start(MigrationRequest request, Inputs inputs, Outcome outcome) {
    if (outcome.status() != Status.MIGRATED || outcome.seen() != null) {
      return () -> outcome;
    }
    Supplier<LookupResult> look =
        parallel.start(() -> lookup.look(request.phoneNumberId(), inputs.secret().token()));
    return () -> look.get().state().map(outcome::withSeen).orElse(outcome);
  }
}
