package dev.numberferry.support;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Keeps answers, for 5 minutes as a rule; that there was none is not kept. */
public final class ExpiringCache<T> {

  private static final Duration KEPT = Duration.ofMinutes(5);

  /** A process that lives long starts afresh rather than to grow. */
  private static final int MOST = 1_000;

  private record Kept<T>(T value, Instant until) {}

  private final Machine machine;
  private final Duration time;
  private final Map<String, Kept<T>> kept = new ConcurrentHashMap<>();
  private final AtomicInteger forgotten = new AtomicInteger();

  public ExpiringCache(Machine machine) {
    this(machine, KEPT);
  }

  /**
   * @param time for how long an answer is kept
   */
  public ExpiringCache(Machine machine, Duration time) {
    this.machine = machine;
    this.time = time;
  }

  /** What is kept under a key, or else what asking brings; nothing where that brings nothing. */
  public Optional<T> get(String key, Supplier<Optional<T>> ask) {
    Kept<T> known = kept.get(key);
    if (known != null && machine.now().isBefore(known.until())) {
      return Optional.of(known.value());
    }
    int before = forgotten.get();
    Optional<T> answer = ask.get();
    if (kept.size() >= MOST) {
      kept.clear();
    }
    answer
        .filter(it -> forgotten.get() == before)
        .ifPresent(it -> kept.put(key, new Kept<>(it, machine.now().plus(time))));
    return answer;
  }

  /** Asks anew the next time; what somebody is asking for at this moment is not kept either. */
  public void forget(String key) {
    forgotten.incrementAndGet();
    kept.remove(key);
  }
}
