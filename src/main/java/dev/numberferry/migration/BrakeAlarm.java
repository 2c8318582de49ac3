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
   * Looks whether the brake is engaged, and publishes that where nobody has.
   *
   * @return whether nothing is left to do
   */
  boolean check() {
    try {
      boolean done = true;
      for (BrakeState.Engagement engagement : brake.state().engagements()) {
        if (engagement.published()) {
          log(engagement);
        } else {
          done &= publish(engagement);
        }
      }
      return done;
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
  boolean publish(BrakeState.Engagement engagement) {
    log(engagement);
    boolean taken = worked("Not published", () -> topic.publish(BrakeMessage.of(engagement)));
    if (taken) {
      worked("Not marked as published", () -> brake.markPublished(engagement.brakeId()));
    }
    return taken;
  }

  /** The template's alarm looks for this line, which comes with every sweep. */
  private static void log(BrakeState.Engagement engagement) {
    LOG.warnf("The brake is engaged %s", engagement.words());
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
