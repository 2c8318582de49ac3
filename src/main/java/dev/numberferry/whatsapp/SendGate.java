package dev.numberferry.whatsapp;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Lets one request out, or none for ever: it passes when its connection stands and nothing of it
 * has been written, and cannot pass any more once somebody has concluded that it was not sent.
 */
final class SendGate {

  private enum State {
    OPEN,
    PASSED,
    SHUT,
    TOO_LATE
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
  private final BooleanSupplier tooLate;

  /**
   * @param tooLate whether the request may no longer be sent
   */
  SendGate(BooleanSupplier tooLate) {
    this.tooLate = tooLate;
  }

  /**
   * @throws IllegalStateException if the request must not be sent
   */
  void pass() {
    State next = tooLate.getAsBoolean() ? State.TOO_LATE : State.PASSED;
    if (!state.compareAndSet(State.OPEN, next) || next == State.TOO_LATE) {
      throw new IllegalStateException("not to be sent any more");
    }
  }

  /** Lets nothing out any more; says whether the request was not sent and never will be. */
  boolean shut() {
    state.compareAndSet(State.OPEN, State.SHUT);
    return state.get() != State.PASSED;
  }

  /** Whether it was too late when the request came to pass. */
  boolean wasTooLate() {
    return state.get() == State.TOO_LATE;
  }
}
