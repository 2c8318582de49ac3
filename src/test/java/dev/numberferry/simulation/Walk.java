package dev.numberferry.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/** One way through a world, from its beginning to its end. */
final class Walk {

  private Walk() {}

  /**
   * Walks where a seed leads.
   *
   * @return so many steps were taken
   */
  static int by(long seed, World world, Findings findings) {
    Random random = new Random(seed);
    return by(random::nextInt, world, findings);
  }

  /** Walks a history once more, by the numbers of its steps. */
  static int by(List<Integer> numbers, World world, Findings findings) {
    List<Integer> left = new ArrayList<>(numbers);
    return by(choices -> left.isEmpty() ? 0 : left.remove(0), world, findings);
  }

  /**
   * @param choice the number of the step that is taken, of so many
   */
  private static int by(IntUnaryOperator choice, World world, Findings findings) {
    Steps steps = new Steps(world);
    List<String> history = new ArrayList<>();
    try {
      State state = world.start();
      List<Step> next = steps.after(state);
      while (!next.isEmpty()) {
        int number = choice.applyAsInt(next.size());
        history.add(number + "\t" + next.get(number).words());
        state = next.get(number).taken().get();
        next = steps.after(state);
      }
      new Ending(world).of(state);
    } catch (AssertionError e) {
      findings.add(e, history);
    }
    return history.size();
  }
}
