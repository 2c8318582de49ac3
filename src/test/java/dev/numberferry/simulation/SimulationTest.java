package dev.numberferry.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What must hold does, in whatever order the remote calls of a few processes are made, and whatever
 * becomes of them. CONTRIBUTING says how to read a failure, and how to make it happen again.
 */
class SimulationTest {

  private static final Logger LOGS = Logger.getLogger("dev.numberferry");

  private static final long STEPS = Long.getLong("simulation.steps", 2_000);
  private static final long WORSE_STEPS = Long.getLong("simulation.worse.steps", 0);
  private static final long SEEDS = Long.getLong("simulation.seeds", 8);

  @BeforeAll
  static void sayNothing() {
    LOGS.setLevel(Level.OFF);
  }

  @AfterAll
  static void sayAndForget() {
    LOGS.setLevel(null);
    Process.forgetAll();
  }

  /** As a whole where that is soon done, else as far as so many steps reach. */
  @ParameterizedTest
  @MethodSource("inEveryOrder")
  void inEveryOrder(World world, long steps) {
    Report report = Search.of(world, steps);

    System.out.println(report);
    if (WORSE_STEPS > 0) {
      // Worlds share what is known of their processes, which is too much here.
      Process.forgetAll();
    }
    assertThat(report.findings().all()).as("%s: %s", world, report.findings()).isEmpty();
  }

  private static Stream<Arguments> inEveryOrder() {
    return Stream.concat(
        Worlds.all().map(it -> Arguments.of(it, it.isSoonDone() ? Long.MAX_VALUE : STEPS)),
        Worlds.worse().filter(it -> WORSE_STEPS > 0).map(it -> Arguments.of(it, WORSE_STEPS)));
  }

  /** Far into every world, and into one that is too large to be looked at as a whole. */
  @ParameterizedTest
  @MethodSource("worlds")
  void byChance(String world) {
    long first = Long.getLong("simulation.seed", 1);
    Findings findings = new Findings();
    long steps = 0;
    for (long seed = first; seed < first + SEEDS; seed++) {
      steps += Walk.by(seed, Worlds.named(world), findings);
      assertThat(findings.all()).as("%s, seed %s: %s", world, seed, findings).isEmpty();
    }

    System.out.printf("%s by chance: %,d seeds, %,d steps%n", world, SEEDS, steps);
  }

  private static Stream<String> worlds() {
    return Stream.concat(Worlds.all(), Stream.of(Worlds.large())).map(World::name);
  }

  /** Makes a history happen again, in its world and by the numbers of its steps. */
  @Test
  void onceMore() {
    String world = System.getProperty("simulation.world", "an event twice");
    String history = System.getProperty("simulation.history", "0");
    List<Integer> numbers =
        Pattern.compile("\\.").splitAsStream(history).map(Integer::valueOf).toList();
    Findings findings = new Findings();

    Walk.by(numbers, Worlds.named(world), findings);

    assertThat(findings.all()).as("%s: %s", world, findings).isEmpty();
  }
}
