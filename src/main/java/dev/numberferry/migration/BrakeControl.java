package dev.numberferry.migration;

import dev.numberferry.domain.BrakeState;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.StoreException;
import dev.numberferry.ledger.Brake;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The brake, for people. */
@ApplicationScoped
public class BrakeControl {

  private static final Logger LOG = Logger.getLogger(BrakeControl.class);

  private final Brake brake;
  private final BrakeAlarm alarm;

  BrakeControl(Brake brake, BrakeAlarm alarm) {
    this.brake = brake;
    this.alarm = alarm;
  }

  /**
   * The brake; what nobody has heard of is published by whoever looks.
   *
   * @throws StoreException if it cannot be read
   */
  public BrakeState state() {
    return heard(brake.state());
  }

  /**
   * Engages the brake and publishes that; where a person has engaged it already, it stays as it is.
   *
   * @throws StoreException if it is not known whether it was engaged
   */
  public BrakeState engage(String by, String reason) {
    BrakeState state = brake.engage(by, reason);
    alarm.publish(state::unpublished);
    return brake.state();
  }

  /**
   * Releases the engagement that a person names. Where nothing is engaged there is nothing to
   * release, and nothing to name.
   *
   * @throws InvalidInputException if it names nothing that is engaged
   * @throws StoreException if it is not known whether it was released
   */
  public BrakeState release(String by, String reason, Optional<String> brakeId) {
    BrakeState state = brake.release(by, reason, brakeId);
    brakeId
        .flatMap(state::lastRelease)
        .ifPresent(
            it ->
                LOG.warnf(
                    "Engagement %s of the brake was released by %s: %s",
                    it.brakeId(), it.by(), it.reason()));
    return heard(state);
  }

  /** The brake after what nobody had heard of was published. */
  private BrakeState heard(BrakeState state) {
    if (state.unpublished().isEmpty()) {
      return state;
    }
    alarm.publish(state::unpublished);
    return brake.state();
  }
}
