package dev.numberferry.simulation;

import dev.numberferry.simulation.Run.Script;
import dev.numberferry.simulation.Run.Stand;
import dev.numberferry.simulation.Run.Sure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A process at one moment. Two that were told the same are the same object, in whatever order their
 * activities were told: so most moments are run once.
 */
@SuppressWarnings("JavaLangClash")
final class Process {

  /** All moments of a process. */
  private static final class Family {
    private final String name;
    private final Script script;
    private final Map<Map<String, List<Heard>>, Process> moments = new HashMap<>();
    private final Map<End, Process> ends = new HashMap<>();

    Family(String name, Script script) {
      this.name = name;
      this.script = script;
    }

    /** Where it stands when it was told so much, and what is sure. */
    Process moment(Map<String, List<Heard>> told, Sure sure) {
      Stand stand = Run.of(name, script, told, sure);

      return stand
          .end()
          .map(this::end)
          .orElseGet(() -> moments.computeIfAbsent(stand.told(), it -> waiting(stand)));
    }

    private Process waiting(Stand stand) {
      return new Process(this, stand);
    }

    /** What led there is over: all who ended so are the same. */
    private Process end(End how) {
      return ends.computeIfAbsent(
          how, it -> new Process(this, new Stand(Map.of(), Map.of(), Optional.of(it))));
    }
  }

  private static final Map<String, Family> FAMILIES = new HashMap<>();

  private record Next(String activity, Heard heard, Sure sure) {}

  private final Family family;
  private final Stand stand;
  private final Map<Next, Process> next = new HashMap<>();

  private Process(Family family, Stand stand) {
    this.family = family;
    this.stand = stand;
  }

  /**
   * A process that has not begun. What is known of it serves all worlds that have it.
   *
   * @param what all that its script depends on
   */
  static Process of(String name, String what, Script script) {
    return FAMILIES
        .computeIfAbsent(name + ": " + what, it -> new Family(name, script))
        .moment(Map.of(), Sure.NOTHING);
  }

  /** Keeps nothing of what is known of any process. */
  static void forgetAll() {
    FAMILIES.clear();
  }

  String name() {
    return family.name;
  }

  /** The calls that it waits for, by activity. */
  Map<String, Call> waiting() {
    return stand.waiting();
  }

  Optional<End> end() {
    return stand.end();
  }

  boolean hasEnded() {
    return stand.end().isPresent();
  }

  boolean hasBegun() {
    return hasEnded() || heard().findAny().isPresent();
  }

  boolean isDead() {
    return stand.end().filter(End.DEAD::equals).isPresent();
  }

  /** Whether its event has to come again. */
  boolean hasFailed() {
    return stand.end().filter(End::comesAgain).isPresent();
  }

  /** What its activities were answered. */
  Stream<Object> answers() {
    return heard().flatMap(it -> it.answer().stream());
  }

  private Stream<Heard> heard() {
    return stand.told().values().stream().flatMap(List::stream);
  }

  /**
   * The same process after one of its activities was told something.
   *
   * @param sure what it need not be told then
   */
  Process told(String activity, Heard heard, Sure sure) {
    Next one = new Next(activity, heard, sure);
    Process known = next.get(one);
    if (known == null) {
      known = family.moment(plus(one), sure);
      next.put(one, known);
    }
    return known;
  }

  /** The same process, which is gone. */
  Process dead() {
    return family.end(End.DEAD);
  }

  private Map<String, List<Heard>> plus(Next one) {
    Map<String, List<Heard>> all = new HashMap<>(stand.told());
    all.merge(
        one.activity(),
        List.of(one.heard()),
        (before, after) -> Stream.concat(before.stream(), after.stream()).toList());
    return all;
  }

  @Override
  public String toString() {
    return name() + stand.end().map(it -> ": " + it.words()).orElse("");
  }
}
