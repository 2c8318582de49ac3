package dev.numberferry.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** One way through a world, from its beginning to its end. */
final class Walk {

  /**
   * Chooses steps where a seed leads. What is seldom comes seldom, so that it is spread over the
   * whole way; who is at work mostly goes on, or hardly ever, as the seed has it.
   */
  private static final class Dice implements ToIntFunction<List<Step>> {

    /** About so many steps a process takes. */
    private static final int STEPS = 15;

    private final Random random;
    private final double seldom;
    private final double steady;
    private String atWork = "";

    Dice(long seed, State start) {
      this.random = new Random(seed);
      this.seldom = (double) (start.faults() + start.jumps()) / (STEPS * start.processes().size());
      this.steady = random.nextDouble();
    }

    @Override
    public int applyAsInt(List<Step> next) {
      boolean nowSeldom = random.nextDouble() < seldom;
      boolean goesOn = random.nextDouble() < steady;
      List<Integer> numbers = IntStream.range(0, next.size()).boxed().toList();
      numbers = some(numbers, it -> next.get(it).isSeldom() == nowSeldom);
      numbers = some(numbers, it -> !goesOn || next.get(it).who().equals(atWork));
      int number = numbers.get(random.nextInt(numbers.size()));
      atWork = next.get(number).who();
      return number;
    }

    /** Those that are so, or all where none is. */
    private static List<Integer> some(List<Integer> all, Predicate<Integer> which) {
      List<Integer> some = all.stream().filter(which).toList();
      return some.isEmpty() ? all : some;
    }
  }

  private Walk() {}

  /**
   * Walks where a seed leads.
   *
   * @return so many steps were taken
   */
  static int by(long seed, World world, Findings findings) {
    return by(new Dice(seed, world.start()), world, findings);
  }

  /** Walks a history once more, by the numbers of its steps. */
  static int by(List<Integer> numbers, World world, Findings findings) {
    List<Integer> left = new ArrayList<>(numbers);
    return by(next -> left.isEmpty() ? 0 : left.remove(0), world, findings);
  }

  /**
   * @param choice the number of the step that is taken, of those that can be
   */
  private static int by(ToIntFunction<List<Step>> choice, World world, Findings findings) {
    Steps steps = new Steps(world);
    List<String> history = new ArrayList<>();
    try {
      State state = world.start();
      List<Step> next = steps.after(state);
      while (!next.isEmpty()) {
        int number = choice.applyAsInt(next);
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
