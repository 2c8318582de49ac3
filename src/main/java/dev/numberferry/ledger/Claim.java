package dev.numberferry.ledger;

import dev.numberferry.domain.Outcome;
import java.util.Optional;
import java.util.function.Function;

/**
 * The answer to a run that asks for the claim of a number. It is read through {@code match}: a new
 * kind does not compile before every reader knows it.
 */
public sealed interface Claim {

  <T> T match(Function<LedgerSnapshot, T> granted, Function<Answer, T> answered);

  /**
   * The number is claimed, and this run is the one that calls.
   *
   * @param snapshot the entry with the claim in it
   */
  record Granted(LedgerSnapshot snapshot) implements Claim {
    @Override
    public <T> T match(Function<LedgerSnapshot, T> granted, Function<Answer, T> answered) {
      return granted.apply(snapshot);
    }
  }

  /** There is no call to make: this is the answer. */
  sealed interface Answer extends Claim {

    @Override
    default <T> T match(Function<LedgerSnapshot, T> granted, Function<Answer, T> answered) {
      return answered.apply(this);
    }

    <T> T read(Function<Replay, T> replay, Function<Withheld, T> withheld);
  }

  /**
   * The same attempt was made before, and its recorded result is the answer.
   *
   * @param snapshot the entry in which it stands
   * @param doubt where nobody can tell that it is the same, and it is only taken for that: why, and
   *     what to do if it is not
   */
  record Replay(LedgerSnapshot snapshot, Attempt attempt, Optional<String> doubt)
      implements Answer {

    /** The result of this very attempt. */
    static Replay certain(LedgerSnapshot snapshot, Attempt attempt) {
      return new Replay(snapshot, attempt, Optional.empty());
    }

    @Override
    public <T> T read(Function<Replay, T> replay, Function<Withheld, T> withheld) {
      return replay.apply(this);
    }
  }

  /**
   * The call is held back, or not needed.
   *
   * @param snapshot the entry on which that was decided
   * @param sameRun whether this is one more delivery of the event whose run is in progress: that
   *     run publishes, and this one does not
   */
  record Withheld(LedgerSnapshot snapshot, Outcome outcome, boolean sameRun) implements Answer {

    /** The answer to a run of its own, which publishes it. */
    public static Withheld decided(LedgerSnapshot snapshot, Outcome outcome) {
      return new Withheld(snapshot, outcome, false);
    }

    /** The answer to one more delivery of the event whose run is in progress. */
    public static Withheld duplicate(LedgerSnapshot snapshot, Outcome outcome) {
      return new Withheld(snapshot, outcome, true);
    }

    @Override
    public <T> T read(Function<Replay, T> replay, Function<Withheld, T> withheld) {
      return withheld.apply(this);
    }
  }
}
