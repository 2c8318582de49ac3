package dev.numberferry.simulation;

import dev.numberferry.simulation.Run.Script;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** Where invocations of one kind come from: an event that is delivered, again where that failed. */
final class Source {

  private final String name;
  private final IntFunction<Script> scripts;
  private final String what;
  private final int deliveries;
  private final Map<Integer, Process> processes = new HashMap<>();

  /**
   * @param what all that the scripts depend on
   * @param scripts what is done at which delivery, the first being 1
   * @param deliveries so often it is delivered while others work
   */
  Source(String name, String what, int deliveries, IntFunction<Script> scripts) {
    this.name = name;
    this.what = what;
    this.deliveries = deliveries;
    this.scripts = scripts;
  }

  /** The name of the source that a process comes from. */
  static String of(String process) {
    return process.split("\\.", -1)[0];
  }

  /** The process of a delivery, which has not begun. */
  Process delivery(int number) {
    return processes.computeIfAbsent(
        number,
        it -> Process.of(it == 1 ? name : name + "." + it, what + " " + it, scripts.apply(it)));
  }

  int deliveries() {
    return deliveries;
  }

  String name() {
    return name;
  }
}
