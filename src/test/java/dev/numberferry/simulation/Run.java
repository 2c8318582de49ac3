package dev.numberferry.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * A process that is run from its beginning up to where it waits for what it was not told yet. What
 * it does follows from what it is told, and from nothing else: so it needs no thread of its own,
 * and can go on from any of its moments as often as anybody wants to know how.
 *
 * <p>Calls that are made side by side are activities of their own: each goes as far as it can when
 * it is started. They share no memory in which one could find what another has brought. The time of
 * an activity is that of its last answer.
 */
final class Run implements Remote, Executor {

  /** What a process does, with the real objects. */
  interface Script {
    End run(Run run);
  }

  /** Where a run came to: it was told so much, and waits for calls or has ended. */
  record Stand(Map<String, List<Heard>> told, Map<String, Call> waiting, Optional<End> end) {}

  /** What is answered to a call where that can be no other; two that are equal answer alike. */
  interface Sure {
    Sure NOTHING = (call, now) -> Optional.empty();

    Optional<Heard> answer(Call call, Instant now);
  }

  /** Leaves a run where it waits: the program catches no Error but that of the memory. */
  private static final class Waiting extends Error {

    private static final long serialVersionUID = 1L;

    Waiting() {
      super("waiting", null, false, false);
    }
  }

  /** What a process does in one row. */
  private static final class Activity {
    private final String name;
    private final List<Heard> told;
    private Instant now;
    private int heard;
    private int started;
    private int ids;

    Activity(String name, List<Heard> told, Instant now) {
      this.name = name;
      this.told = new ArrayList<>(told);
      this.now = now;
    }
  }

  /** The activity that a process begins with. */
  private static final String MAIN = "";

  private final String process;
  private final Map<String, List<Heard>> told;
  private final Sure sure;
  private final Map<String, Activity> activities = new LinkedHashMap<>();
  private final Map<String, Call> waiting = new LinkedHashMap<>();
  private Activity current;

  private Run(String process, Map<String, List<Heard>> told, Sure sure) {
    this.process = process;
    this.told = told;
    this.sure = sure;
    this.current = start(MAIN, Instant.EPOCH);
  }

  /**
   * Runs a process.
   *
   * @param told what each of its activities was told, in order
   * @param sure answers what needs no telling
   */
  static Stand of(String process, Script script, Map<String, List<Heard>> told, Sure sure) {
    Run run = new Run(process, told, sure);
    try {
      return run.stand(Optional.of(script.run(run)));
    } catch (Waiting e) {
      return run.stand(Optional.empty());
    }
  }

  private Stand stand(Optional<End> end) {
    Map<String, List<Heard>> all = new HashMap<>();
    activities.forEach((name, activity) -> all.put(name, activity.told));
    return new Stand(all, waiting, end);
  }

  private Activity start(String name, Instant now) {
    Activity activity = new Activity(name, told.getOrDefault(name, List.of()), now);
    activities.put(name, activity);
    return activity;
  }

  @Override
  public Object ask(Call call) throws NoAnswer {
    Activity me = current;
    if (me.heard == me.told.size()) {
      me.told.add(sure.answer(call, me.now).orElseThrow(() -> waiting(me, call)));
    }
    Heard next = me.told.get(me.heard++);
    me.now = next.at();
    return next.answer().orElseThrow(NoAnswer::new);
  }

  private Waiting waiting(Activity me, Call call) {
    waiting.put(me.name, call);
    return new Waiting();
  }

  @Override
  public void execute(Runnable task) {
    Activity me = current;
    current = start(me.name + "." + ++me.started, me.now);
    try {
      task.run();
    } catch (Waiting e) {
      // Whoever needs what it brings waits for it.
    } finally {
      current = me;
    }
  }

  @Override
  public Instant now() {
    return current.now;
  }

  @Override
  public String process() {
    return process;
  }

  /** Another one each time, and the same each time that the process is run. */
  String newId() {
    return process + current.name + "-" + ++current.ids;
  }
}
