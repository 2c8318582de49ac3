package dev.numberferry.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Looks at everything that can happen in a world, depth first. No moment is looked at twice: what
 * can come after it does not depend on how it came about.
 */
final class Search {

  private final long most;
  private final Steps steps;
  private final Ending ending;
  private final Set<State> seen = new HashSet<>();
  private final Deque<String> history = new ArrayDeque<>();
  private final Findings findings = new Findings();
  private long schedules;
  private long taken;

  /**
   * @param most so many steps are taken
   */
  private Search(World world, long most) {
    this.most = most;
    this.steps = new Steps(world);
    this.ending = new Ending(world);
  }

  static Report of(World world, long most) {
    long begin = System.nanoTime();
    Search search = new Search(world, most);
    search.from(world.start());
    return new Report(
        world.name(),
        search.counts(),
        Duration.ofNanos(System.nanoTime() - begin),
        search.findings);
  }

  /** A schedule is an order of steps, to the end or to a moment that was known. */
  private String counts() {
    return "%,d schedules, %,d steps, %,d moments, %s"
        .formatted(schedules, taken, seen.size(), taken < most ? "complete" : "not complete");
  }

  private void from(State state) {
    if (taken >= most || !seen.add(state)) {
      schedules++;
      return;
    }
    List<Step> next = held(() -> steps.after(state)).orElse(List.of());
    if (next.isEmpty()) {
      schedules++;
      held(() -> ending.of(state));
    }
    for (int i = 0; i < next.size() && taken < most; i++) {
      Step step = next.get(i);
      taken++;
      history.addLast(i + "\t" + step.words());
      held(step.taken()).ifPresent(this::from);
      history.removeLast();
    }
  }

  /** What comes of something, where everything holds that has to. */
  private <T> Optional<T> held(Supplier<T> something) {
    try {
      return Optional.of(something.get());
    } catch (AssertionError e) {
      findings.add(e, history);
      return Optional.empty();
    }
  }
}
