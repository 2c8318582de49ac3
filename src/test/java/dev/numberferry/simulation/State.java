package dev.numberferry.simulation;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * All there is at one moment. What can come after it follows from it alone, however it came about.
 *
 * @param processes one of each source
 * @param deliveries how often each source has delivered
 * @param faults so many may still happen
 * @param jumps so often time may still jump
 */
@RecordBuilder
record State(
    List<Process> processes, List<Integer> deliveries, Outside outside, int faults, int jumps)
    implements StateBuilder.With {

  State with(int index, Process process) {
    List<Process> next = new ArrayList<>(processes);
    next.set(index, process);
    return withProcesses(List.copyOf(next));
  }

  State delivered(int index, int times) {
    List<Integer> next = new ArrayList<>(deliveries);
    next.set(index, times);
    return withDeliveries(List.copyOf(next));
  }

  /** The same with one fault less to come. */
  State faulty() {
    return withFaults(faults - 1);
  }
}
