package dev.numberferry.crash;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where a process dies.
 *
 * @param number of the call, in order of arrival, from 1
 */
record CrashPoint(int number, Moment moment) {

  /** On which side of a call's effect. */
  enum Moment {
    /** The call has arrived, and does nothing any more. */
    BEFORE,
    /** The call took effect, and nobody is left to hear the answer. */
    AFTER;

    @Override
    public String toString() {
      return this == BEFORE ? "before" : "after";
    }
  }

  /** Before and after each of so many calls. */
  static Stream<CrashPoint> upTo(int calls) {
    return IntStream.rangeClosed(1, calls)
        .boxed()
        .flatMap(it -> Stream.of(Moment.values()).map(moment -> new CrashPoint(it, moment)));
  }

  @Override
  public String toString() {
    return moment + " call " + number;
  }
}
