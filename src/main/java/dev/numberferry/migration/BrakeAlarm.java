package dev.numberferry.migration;

import dev.numberferry.domain.BrakeMessage;
import dev.numberferry.domain.BrakeState;
import dev.numberferry.ledger.Brake;
import dev.numberferry.messaging.ResultTopic;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Publishes that the brake is engaged. */
@ApplicationScoped
class BrakeAlarm {

  private static final Logger LOG = Logger.getLogger(BrakeAlarm.class);

  private final Brake brake;
  private final ResultTopic topic;

  BrakeAlarm(Brake brake, ResultTopic topic) {
    this.brake = brake;
    this.topic = topic;
  }

  /**
   * LookupBudget whether the brake is engaged, and publishes that where nobody has.
   *
   * @return whether nothing is left to do
   */
  boolean check() {
    try {
      BrakeState state = brake.state();
      if (state.unpublished().isPresent()) {
        return publish(state.unpublished().get());
      }
      if (state.engaged() != null) {
        log(state.engaged());
      }
      return true;
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.errorf("Not known whether the brake is engaged: %s", UnexpectedFailure.words(e));
      return false;
    }
  }

  /**
   * Publishes it and marks it as published; whatever happens, it throws nothing. What fails is left
   * to the next sweep, and where only the mark fails, it is published once more.
   *
   * @return whether the topic took it
   */
  boolean publish(BrakeState.Engagement engaged) {
    log(engaged);
    boolean taken = worked("Not published", () -> topic.publish(BrakeMessage.of(engaged)));
    if (taken) {
      worked("Not marked as published", () -> brake.markPublished(engaged.brakeId()));
    }
    return taken;
  }

  /** The template's alarm looks for this line, which comes with every sweep. */
  private static void log(BrakeState.Engagement engaged) {
    LOG.warnf("The brake %s", engaged.words());
  }

  private static boolean worked(String otherwise, Runnable step) {
    try {
      step.run();
      return true;
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.errorf("%s that the brake is engaged: %s", otherwise, UnexpectedFailure.words(e));
      return false;
    }
  }
}
