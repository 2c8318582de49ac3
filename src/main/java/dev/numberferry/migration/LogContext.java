package dev.numberferry.migration;

import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.PhoneNumberId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.MDC;

/**
 * What the log lines of a thread bear until it is closed; those of whoever was at work before it
 * bear theirs again after that. Quarkus adds the id of the request, and lets a thread that it makes
 * inherit all of it.
 *
 * @param outer what they bore before
 */
record LogContext(Map<String, Object> outer) implements AutoCloseable {

  private static final String MIGRATION_ID = "migrationId";
  private static final String NUMBER = "phoneNumberId";
  private static final String TRIGGER = "trigger";
  private static final String STEP = "step";

  /** How far a run is. */
  enum Step {
    INPUTS("inputs"),
    CHECK("check"),
    CLAIM("claim"),
    REGISTER("register"),
    RECONCILE("reconcile"),
    RECORD("record"),
    PUBLISH("publish");

    private final String word;

    Step(String word) {
      this.word = word;
    }

    /** From here on until the next one. */
    void begins() {
      MDC.put(STEP, word);
    }
  }

  /** A run begins, or what another one has begun is completed. */
  static LogContext ofMigration(String migrationId, String trigger) {
    LogContext context = opened();
    MDC.remove(NUMBER);
    MDC.remove(STEP);
    MDC.put(MIGRATION_ID, migrationId);
    MDC.put(TRIGGER, trigger);
    return context;
  }

  /** Something is begun that is no run. */
  static LogContext of(String trigger) {
    LogContext context = opened();
    MDC.put(TRIGGER, trigger);
    return context;
  }

  /** Something is done for a run that is over, if there was one. */
  static LogContext of(Optional<MigrationResult> ended) {
    LogContext context = opened();
    ended.ifPresent(
        it -> {
          MDC.put(MIGRATION_ID, it.migrationId());
          Optional.ofNullable(it.phoneNumberId()).ifPresent(LogContext::isAbout);
        });
    return context;
  }

  static LogContext of(PhoneNumberId number) {
    LogContext context = opened();
    isAbout(number);
    return context;
  }

  /** The run turned out to be about this number. */
  static void isAbout(PhoneNumberId number) {
    MDC.put(NUMBER, number.value());
  }

  /** The same call for another thread, whose lines bear then what those of this one bear now. */
  static <T> Supplier<T> handedOver(Supplier<T> call) {
    Map<String, Object> mine = current();
    return () -> {
      LogContext context = opened();
      replace(mine);
      try (context) {
        return call.get();
      }
    };
  }

  private static LogContext opened() {
    return new LogContext(current());
  }

  private static Map<String, Object> current() {
    return new HashMap<>(MDC.getMap());
  }

  private static void replace(Map<String, Object> all) {
    MDC.clear();
    all.forEach(MDC::put);
  }

  /** Whatever happens here ends no run. */
  @Override
  public void close() {
    try {
      replace(outer);
    } catch (RuntimeException | OutOfMemoryError e) {
      MDC.clear();
    }
  }
}
