package dev.numberferry.migration;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.NumberState;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.support.Deadline;
import dev.numberferry.support.Durations;
import dev.numberferry.support.Machine;
import dev.numberferry.whatsapp.LookupResult;
import dev.numberferry.whatsapp.NumberLookup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Finds out what a call without an answer has done, by asking where the number is. */
@ApplicationScoped
class Reconciler {

  private static final Logger LOG = Logger.getLogger(Reconciler.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** What to do where a call may have moved the number. */
  static final String WAIT_AND_LOOK =
      "wait for two sweeps; sweep looks for two hours, and publishes MIGRATED by itself if it has"
          + " moved after all. Then look at WhatsApp Manager and at the deployment, and send the"
          + " event with a retry, from retryAfter on, only when you are sure that it has not"
          + " moved.";

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);

  private final FerryConfig config;
  private final NumberLookup lookup;
  private final Machine machine;

  Reconciler(FerryConfig config, NumberLookup lookup, Machine machine) {
    this.config = config;
    this.lookup = lookup;
    this.machine = machine;
  }

  /**
   * Asks, with pauses, until the number has moved or the time for it is up; once at least.
   *
   * @param deadline when to ask no further, so that there is time to record what was found
   */
  Outcome reconcile(
      PhoneNumberId number, AccessToken token, ErrorDetails error, Deadline deadline) {
    LOG.info("No answer that can be relied on: asking where the number is");
    Deadline patience = machine.deadline(config.reconcileFor());
    LookupResult look = lookup.look(number, token);
    while (isOpen(look) && pause(Durations.shorter(patience.left(), deadline.left()))) {
      look = lookup.look(number, token);
    }
    return conclude(error, look);
  }

  /** What one look says of a call whose effect is unknown. */
  static Outcome conclude(@Nullable ErrorDetails error, LookupResult look) {
    Optional<NumberState> state = look.state();
    return state
        .filter(NumberState::hasMoved)
        .map(Outcome::reconciled)
        .orElseGet(() -> Outcome.unknown(error, nextStep(state)).withSeen(state.orElse(null)));
  }

  /** Whether asking again may tell more; where WhatsApp limits it, that only prolongs the limit. */
  private static boolean isOpen(LookupResult look) {
    return look.match(
        seen -> !seen.number().hasMoved(),
        otherId -> false,
        denied -> true,
        failed -> failed.retryAfter().isEmpty());
  }

  /** What is said of such a call where nobody could ask. */
  static Outcome notAsked(ErrorDetails error) {
    return Outcome.unknown(
        error,
        "A later sweep asks WhatsApp where the number is, as too many came first: if no MIGRATED"
            + " follows within an hour, look at WhatsApp Manager and at the deployment, and send"
            + " the event with a retry, from retryAfter on, only when you are sure that it has not"
            + " moved.");
  }

  /** What WhatsApp shows so soon after a call may be older than that. */
  private static String nextStep(Optional<NumberState> state) {
    return switch (state.map(NumberState::place).orElse(NumberState.Place.DOUBTFUL)) {
      case TO_MOVE, DOUBTFUL ->
          state
                  .flatMap(NumberState::where)
                  .map("WhatsApp shows the number as %s, which may lag behind the call"::formatted)
                  .orElse("WhatsApp did not say where the number is")
              + ", and the old deployment may be down: "
              + WAIT_AND_LOOK;
      case MOVED, MOVED_NOT_WORKING ->
          "The number is on the Cloud API but not connected, so nobody can write to it yet: wait"
              + " for two sweeps; sweep looks for two hours, and publishes MIGRATED by itself when"
              + " it is up. Then see to it in WhatsApp Manager; a retry does not lift this.";
    };
  }

  /** Whether there is time for one more look, after a pause. */
  private boolean pause(Duration left) {
    if (left.isNegative() || left.isZero()) {
      return false;
    }
    return machine.pause(Durations.longer(SHORTEST_PAUSE, Durations.shorter(PAUSE, left)));
  }
}
