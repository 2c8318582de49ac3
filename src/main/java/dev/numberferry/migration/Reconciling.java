package dev.numberferry.migration;

import dev.numberferry.FerryConfig;
import dev.numberferry.PhoneNumberId;
import dev.numberferry.Problem;
import dev.numberferry.secrets.AccessToken;
import dev.numberferry.whatsapp.Look;
import dev.numberferry.whatsapp.NumberLookup;
import dev.numberferry.whatsapp.NumberState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Learns by asking where the number is what a call without an answer has done. */
@ApplicationScoped
class Reconciling {

  private static final Logger LOG = Logger.getLogger(Reconciling.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final FerryConfig config;
  private final NumberLookup lookup;

  Reconciling(FerryConfig config, NumberLookup lookup) {
    this.config = config;
    this.lookup = lookup;
  }

  /** Asks, with pauses, until the number has moved or the time for it is up. */
  Ending settle(PhoneNumberId number, AccessToken token, Problem problem) {
    LOG.info("No answer that can be relied on: asking where the number is");
    long end = System.nanoTime() + config.reconcileFor().toNanos();
    Look look = lookup.look(number, token);
    while (!moved(look) && System.nanoTime() < end) {
      pause(end - System.nanoTime());
      look = lookup.look(number, token);
    }
    return told(problem, look);
  }

  /** What one look says of a call whose effect is unknown. */
  static Ending told(Problem problem, Look look) {
    NumberState state = look.told().orElse(null);
    return moved(look) ? Ending.reconciled(state) : Ending.unknown(problem, state, nextStep(state));
  }

  private static boolean moved(Look look) {
    return look.told().filter(NumberState::hasMoved).isPresent();
  }

  private static String nextStep(NumberState state) {
    String where;
    if (state == null || state.platformType() == null) {
      where = "WhatsApp did not say where the number is";
    } else if (state.isOnCloud()) {
      where = "The number is on the Cloud API but not connected, so nobody can write to it yet";
    } else {
      where =
          "The number has not moved, but the old deployment may be down and the call may still be"
              + " on its way";
    }
    return where
        + ": look at WhatsApp Manager and at the deployment, and send the event with a retry reason"
        + " only when you are sure that it has not moved.";
  }

  private static void pause(long nanosLeft) {
    try {
      Thread.sleep(Math.min(PAUSE.toMillis(), Math.max(1, nanosLeft / 1_000_000)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
