package dev.numberferry.rules;

import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Status;
import dev.numberferry.support.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Which outcomes bring a queue's message back, and when. */
public final class WaitRule {

  /** What will be over by itself: the message waits for that. */
  private static final Set<Reason> PASSING = Set.of(Reason.IN_PROGRESS, Reason.BRAKE);

  /** SQS counts 12 hours from the receive, and the run has taken some of them. */
  private static final Duration LONGEST = Duration.ofMinutes(11 * 60 + 50);

  private static final Duration SHORTEST = Duration.ofSeconds(10);

  /** Nobody can shorten it after a release. */
  private static final Duration SHORTEST_BRAKE = Duration.ofMinutes(15);

  private static final Duration LONGEST_BRAKE = Duration.ofMinutes(30);

  /** After a failure whose end nobody knows: the template's maxReceiveCount depends on these. */
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(9);

  private static final Duration LONGEST_PAUSE = Duration.ofHours(2);

  private final RandomGenerator random;

  public WaitRule(RandomGenerator random) {
    this.random = random;
  }

  public static boolean comesAgain(Outcome outcome) {
    return outcome.status() == Status.NOT_SENT
        || (outcome.reason() != null && PASSING.contains(outcome.reason()));
  }

  /**
   * How long a message waits. Messages that wait for the same thing do not come back all at once.
   *
   * @param outcome of its run; nothing where there is none
   * @param receives how often it was received
   */
  public Duration wait(Optional<Outcome> outcome, int receives, Instant now) {
    Duration wait = outcome.flatMap(it -> known(it, now)).orElseGet(() -> growing(receives));
    return Durations.shorter(LONGEST, Durations.longer(SHORTEST, wait));
  }

  /** Where the end of what holds it up is known. */
  private Optional<Duration> known(Outcome outcome, Instant now) {
    if (outcome.status() == Status.NOT_SENT && outcome.retryAfter() != null) {
      return Optional.of(Duration.between(now, outcome.retryAfter())).map(this::andSome);
    }
    if (outcome.reason() == Reason.IN_PROGRESS && outcome.until() != null) {
      return Optional.of(Duration.between(now, outcome.until())).map(this::andSome);
    }
    return outcome.reason() == Reason.BRAKE
        ? Optional.of(between(SHORTEST_BRAKE, LONGEST_BRAKE))
        : Optional.empty();
  }

  private Duration andSome(Duration left) {
    Duration least = left.plus(SHORTEST);
    return between(least, Durations.longer(least.plus(SHORTEST), left.plus(left.dividedBy(10))));
  }

  private Duration growing(int receives) {
    Duration pause = FIRST_PAUSE;
    for (int i = 1; i < receives && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    pause = Durations.shorter(LONGEST_PAUSE, pause);
    return between(pause, pause.plus(pause.dividedBy(4)));
  }

  private Duration between(Duration from, Duration to) {
    return Duration.ofSeconds(random.nextLong(from.toSeconds(), to.toSeconds()));
  }
}
