package dev.numberferry.migration;

import dev.numberferry.InvalidInput;
import dev.numberferry.Problem;
import dev.numberferry.StoreFailure;
import dev.numberferry.whatsapp.RegisterOutcome;
import dev.numberferry.whatsapp.RegisterOutcome.NotSent;
import dev.numberferry.whatsapp.RegisterOutcome.Refused;
import dev.numberferry.whatsapp.RegisterOutcome.Unclear;

/** How a run ended, before it is said which run it was. */
record Ending(Status status, Problem error, String nextStep) {

  static Ending of(RegisterOutcome outcome) {
    if (outcome instanceof Refused refused) {
      return new Ending(Status.REJECTED, refused.problem(), refused.nextStep());
    }
    if (outcome instanceof NotSent notSent) {
      return new Ending(Status.NOT_SENT, notSent.problem(), notSent.nextStep());
    }
    if (outcome instanceof Unclear unclear) {
      return new Ending(Status.UNKNOWN, unclear.problem(), unclear.nextStep());
    }
    return new Ending(
        Status.MIGRATED, null, "Send a test message through the Cloud API; nothing else is to do.");
  }

  static Ending of(InvalidInput invalid) {
    return new Ending(Status.INVALID, Problem.of(invalid.getMessage()), invalid.cure());
  }

  static Ending of(StoreFailure failure) {
    return new Ending(Status.NOT_SENT, Problem.of(failure.getMessage()), failure.cure());
  }
}
