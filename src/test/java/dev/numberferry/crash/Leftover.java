package dev.numberferry.crash;

import dev.numberferry.crash.CrashPoint.Moment;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.Sample;
import java.time.Duration;

/** What a sweep finds: the claim of a run that was killed at its call of {@code register}. */
enum Leftover {
  /** The number has moved, and nobody knows. */
  MOVED(Moment.AFTER) {
    @Override
    void goesOn(Outside outside) {}
  },

  /** An earlier sweep has told that the outcome is unknown; the number has moved since. */
  MOVED_LATE(Moment.BEFORE) {
    @Override
    void goesOn(Outside outside) {
      outside.run("sweep", "{}");
      outside.graph().tells(GraphStandIn.state("CLOUD_API", "CONNECTED"));
      outside.passes(Duration.ofMinutes(2));
    }
  };

  private final Moment moment;

  Leftover(Moment moment) {
    this.moment = moment;
  }

  /**
   * Leaves it behind.
   *
   * @param register the call's number in a run
   */
  void prepare(Outside outside, int register) {
    outside.reset();
    CallLog calls = new CallLog();
    outside.listener(calls);
    outside.runAndKill(
        "migrate", Sample.event("direct.json"), calls, new CrashPoint(register, moment));
    outside.passes(Duration.ofHours(1));
    goesOn(outside);
  }

  abstract void goesOn(Outside outside);
}
