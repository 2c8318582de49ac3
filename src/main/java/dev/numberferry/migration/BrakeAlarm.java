package dev.numberferry.migration;

import dev.numberferry.domain.BrakeMessage;
import dev.numberferry.domain.BrakeState;
import dev.numberferry.domain.BrakeState.Engagement;
import dev.numberferry.ledger.Brake;
import dev.numberferry.messaging.ResultTopic;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

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
   * What a look at the brake told.
   *
   * @param engaged nothing where it could not be read
   * @param settled whether nothing is left to do
   */
  record Check(Optional<Boolean> engaged, boolean settled) {}

  /** Looks whether the brake is engaged, and publishes that where nobody has. */
  Check check() {
    try {
      BrakeState state = brake.state();
      state.engagements().stream().filter(Engagement::published).forEach(it -> LOG.warn(words(it)));
      return new Check(Optional.of(state.isEngaged()), publish(state::unpublished));
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.errorf("Not known whether the brake is engaged: %s", UnexpectedFailure.words(e));
      return new Check(Optional.empty(), false);
    }
  }

  /**
   * Publishes engagements in their order and marks them as published; whatever happens, it throws
   * nothing. What fails is left to the next who looks, and so are those behind it; where only the
   * mark fails, it is published once more.
   *
   * @param which gives them, and may fail as well
   * @return whether the topic took all
   */
  boolean publish(Supplier<List<Engagement>> which) {
    return worked(
        "Not published",
        () -> {
          List<Engagement> all = which.get();
          all.forEach(it -> LOG.log(it.released() == null ? Level.ERROR : Level.WARN, words(it)));
          all.forEach(this::publishOrThrow);
        });
  }

  private void publishOrThrow(Engagement engagement) {
    topic.publish(BrakeMessage.of(engagement));
    worked("Not marked as published", () -> brake.markPublished(engagement.brakeId()));
  }

  private static String words(Engagement engagement) {
    return (engagement.released() == null
            ? "The brake is engaged "
            : "Released before anybody heard: the brake was engaged ")
        + engagement.words();
  }

  private static boolean worked(String otherwise, Runnable step) {
    try {
      step.run();
      return true;
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.errorf("%s what engaged the brake: %s", otherwise, UnexpectedFailure.words(e));
      return false;
    }
  }
}
