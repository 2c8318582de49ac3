package dev.numberferry.simulation;

import dev.numberferry.simulation.Call.Done;
import dev.numberferry.simulation.Call.Fault;
import dev.numberferry.simulation.WhatsApp.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can happen next in a world. */
final class Steps {

  private final World world;

  Steps(World world) {
    this.world = world;
  }

  /** Everything that can come after a moment; nothing where all processes have ended. */
  List<Step> after(State state) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < state.processes().size(); i++) {
      for (Map.Entry<String, Call> it : state.processes().get(i).waiting().entrySet()) {
        if (world.goesFirst(it.getValue(), state.outside())) {
          // Whatever others do before it may as well come after it: only its faults are choices.
          return answers(state, i, it.getKey(), it.getValue());
        }
        steps.addAll(answers(state, i, it.getKey(), it.getValue()));
      }
      again(state, i).ifPresent(steps::add);
    }
    arrivals(state, steps);
    jump(state).ifPresent(steps::add);
    return steps;
  }

  private List<Step> answers(State state, int index, String activity, Call call) {
    List<Step> steps = new ArrayList<>();
    Done done = call.on(state.outside());
    steps.add(step(state, false, index, activity, done, call.words()));
    if (state.faults() > 0) {
      call.faults()
          .forEach(
              (fault, effect) -> {
                Done faulty = effect.on(state.outside());
                if (!faulty.equals(done) && (fault != Fault.LATE || mayBeLate(call))) {
                  String words = call.words() + ", which " + fault.words();
                  steps.add(step(state.faulty(), true, index, activity, faulty, words));
                }
              });
      if (mayBeLast(state, index, done)) {
        steps.add(death(state, index, done, call.words()));
      }
    }
    return steps;
  }

  /** A process that dies later, before it does anything more, has done the same. */
  private static boolean mayBeLast(State state, int index, Done done) {
    return !state.processes().get(index).hasBegun() || !done.outside().equals(state.outside());
  }

  private boolean mayBeLate(Call call) {
    return world.hasLateWrites() || call.service() == Call.Service.WHATSAPP;
  }

  private Step step(
      State state, boolean isFault, int index, String activity, Done done, String words) {
    Process process = state.processes().get(index);
    return new Step(
        process.name(),
        isFault,
        process.name() + ": " + words,
        () -> {
          Invariants.hold(process, state.outside(), done.outside());
          Heard heard = new Heard(done.answer(), done.outside().now());
          Process next = process.told(activity, heard, world.sure(state.faults()));
          next.end().ifPresent(it -> Invariants.ended(process, done.outside(), it));
          return state.withOutside(done.outside()).with(index, next);
        });
  }

  private static Step death(State state, int index, Done done, String words) {
    Process process = state.processes().get(index);
    return new Step(
        process.name(),
        true,
        "%s: %s, which %s".formatted(process.name(), words, Fault.DIES.words()),
        () -> {
          Invariants.hold(process, state.outside(), done.outside());
          return state
              .faulty()
              .withOutside(done.outside().abandonedBy(process.name()))
              .with(index, process.dead());
        });
  }

  /** What failed may be delivered again while others work. */
  private Optional<Step> again(State state, int index) {
    Source source = world.sources().get(index);
    int next = state.deliveries().get(index) + 1;
    return Optional.of(state.processes().get(index))
        .filter(Process::hasFailed)
        .filter(it -> next <= source.deliveries())
        .map(
            it ->
                new Step(
                    source.name(),
                    false,
                    source.name() + " comes again",
                    () -> state.delivered(index, next).with(index, source.delivery(next))));
  }

  private static void arrivals(State state, List<Step> steps) {
    Outside outside = state.outside();
    for (Late write : outside.late()) {
      steps.add(
          new Step(
              "",
              false,
              "arrives late: " + write.words(),
              () -> state.withOutside(outside.arrived(write))));
    }
    for (Register call : outside.whatsApp().calls()) {
      if (call.isOpen() && !call.attended()) {
        steps.add(
            new Step(
                "",
                false,
                "WhatsApp carries out the call of " + call.process(),
                () ->
                    state.withOutside(
                        outside.withWhatsApp(outside.whatsApp().carriedOut(call.process())))));
      }
    }
  }

  /**
   * Time jumps when somebody is at work, or has died, and not between a gate and its first byte.
   */
  private Optional<Step> jump(State state) {
    boolean atWork =
        state.processes().stream().anyMatch(it -> (it.hasBegun() && !it.hasEnded()) || it.isDead());
    boolean atOnce =
        state.processes().stream()
            .flatMap(it -> it.waiting().values().stream())
            .anyMatch(Call::isAtOnce);
    return state.jumps() == 0 || !atWork || atOnce
        ? Optional.empty()
        : Optional.of(
            new Step(
                "",
                true,
                "%s s pass".formatted(world.jump().toSeconds()),
                () ->
                    state
                        .withJumps(state.jumps() - 1)
                        .withOutside(state.outside().later(world.jump()))));
  }
}
