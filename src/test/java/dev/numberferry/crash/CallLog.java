package dev.numberferry.crash;

import dev.numberferry.crash.CrashPoint.Moment;
import dev.numberferry.standin.CallListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps every call in the order of arrival, and kills a process at one of them. */
final class CallLog implements CallListener {

  /** The death that is to happen. */
  private record Crash(CrashPoint point, Ferries victim, CompletableFuture<Void> happened) {}

  private final List<Call> arrived = new ArrayList<>();
  private final List<Call> effective = new CopyOnWriteArrayList<>();
  private volatile Crash crash;

  /**
   * Kills a process at this point from now on.
   *
   * @return is complete when the process is dead
   */
  CompletableFuture<Void> kill(Ferries victim, CrashPoint point) {
    crash = new Crash(point, victim, new CompletableFuture<>());
    return crash.happened();
  }

  @Override
  public boolean arrived(Call call) {
    int number;
    synchronized (arrived) {
      arrived.add(call);
      number = arrived.size();
    }
    return !strikes(new CrashPoint(number, Moment.BEFORE));
  }

  @Override
  public void tookEffect(Call call) {
    effective.add(call);
    int number;
    synchronized (arrived) {
      number = arrived.indexOf(call) + 1;
    }
    strikes(new CrashPoint(number, Moment.AFTER));
  }

  /** What was called, in order of arrival. */
  List<String> names() {
    synchronized (arrived) {
      return arrived.stream().map(Call::name).toList();
    }
  }

  int count(String name) {
    return (int) names().stream().filter(name::equals).count();
  }

  boolean tookEffect(String name) {
    return effective.stream().map(Call::name).anyMatch(name::equals);
  }

  private boolean strikes(CrashPoint point) {
    Crash due = crash;
    if (due == null || !due.point().equals(point)) {
      return false;
    }
    due.victim().close();
    due.happened().complete(null);
    return true;
  }
}
