package dev.numberferry.migration;

import dev.numberferry.domain.BrakeState;
import dev.numberferry.domain.StoreException;
import dev.numberferry.ledger.Brake;
import jakarta.enterprise.context.ApplicationScoped;
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
   * @throws StoreException if it cannot be read
   */
  public BrakeState state() {
    return brake.state();
  }

  /**
   * Engages the brake and publishes that; where it is engaged already, it stays as it is.
   *
   * @throws StoreException if it is not known whether it was engaged
   */
  public BrakeState engage(String by, String reason) {
    brake.engage(by, reason).unpublished().ifPresent(alarm::publish);
    return brake.state();
  }

  /**
   * Releases the brake; what was counted no longer counts.
   *
   * @throws StoreException if it is not known whether it was released
   */
  public BrakeState release(String by, String reason) {
    BrakeState state = brake.release(by, reason);
    LOG.warnf("The brake was released by %s: %s", by, reason);
    return state;
  }
}
