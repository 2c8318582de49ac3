package dev.numberferry.migration;

import dev.numberferry.domain.BrakeState;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.QueueMessage;
import dev.numberferry.domain.Urgency;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.messaging.ResultMessage;
import dev.numberferry.metrics.RunLineBuilder;
import dev.numberferry.metrics.WideLines;
import dev.numberferry.support.Machine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/**
 * What is told of a run when it is over: the last of its log lines, at the level of its urgency,
 * and its metrics. Nothing in it ends a run or changes a result.
 */
final class RunReport {

  private static final Logger LOG = Logger.getLogger(RunReport.class);

  private final RunLineBuilder line;
  private final WideLines lines;
  private final Machine machine;
  private final long startedNanos;
  private boolean dryRun;
  private Optional<LedgerSnapshot> known = Optional.empty();
  private List<String> brakeIds = List.of();

  RunReport(String migrationId, String trigger, WideLines lines, Machine machine) {
    this.line = RunLineBuilder.builder().migrationId(migrationId).trigger(trigger);
    this.lines = lines;
    this.machine = machine;
    this.startedNanos = machine.nanos();
  }

  String trigger() {
    return line.trigger();
  }

  /** A rehearsal wakes nobody, whatever it ends with. */
  void isDryRun() {
    dryRun = true;
  }

  void ended(MigrationResult result) {
    line.result(result).phoneNumberId(result.phoneNumberId());
  }

  /** The number's entry, as it was read or written last, and the brake as it was read with it. */
  void knows(LedgerSnapshot snapshot) {
    known = Optional.of(snapshot);
    knows(snapshot.brake());
  }

  /** The brake as it stands now. */
  void knows(BrakeState brake) {
    brakeIds = brake.brakeIds();
  }

  /** Whether the topic took the result. */
  void published(boolean taken) {
    line.published(taken);
  }

  /** Whether the ledger took what later decisions need. */
  void recorded(boolean taken) {
    line.recorded(taken);
  }

  /** The queue's message that brought the event is not deleted, and comes again. */
  void comesAgain(QueueMessage message) {
    line.waiting(message.age(machine.now()).orElse(null));
  }

  <T> T register(Supplier<T> call) {
    return timed(call, line::register);
  }

  <T> T reconcile(Supplier<T> questions) {
    return timed(questions, line::reconcile);
  }

  private <T> T timed(Supplier<T> work, Consumer<Duration> duration) {
    long begun = machine.nanos();
    try {
      return work.get();
    } finally {
      duration.accept(since(begun));
    }
  }

  /** How long the run has lasted. */
  Duration lasted() {
    return since(startedNanos);
  }

  private Duration since(long nanos) {
    return Duration.ofNanos(machine.nanos() - nanos);
  }

  /** How soon a person has to look at a result of this run. */
  private Urgency urgency(MigrationResult result) {
    if (dryRun) {
      return Urgency.NONE;
    }
    return isLost() ? Urgency.NOW : Urgency.of(result.outcome());
  }

  /** A result of this run, with what the topic hears beside it. */
  ResultMessage message(MigrationResult result) {
    boolean recorded = !Boolean.FALSE.equals(line.recorded());
    return new ResultMessage(result, urgency(result), recorded, brakeIds);
  }

  private boolean isLost() {
    return Boolean.FALSE.equals(line.published()) || Boolean.FALSE.equals(line.recorded());
  }

  /** The run is over. */
  void tell() {
    try {
      Urgency urgency = line.result() == null ? Urgency.NOW : urgency(line.result());
      log(urgency);
      known.ifPresent(it -> line.callsIn72h(it.entry().recentCalls(it.now()).size()));
      lines.write(line.urgency(urgency).duration(lasted()).build());
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.errorf("Not told how the run ended: %s", e.getClass().getName());
    }
  }

  private void log(Urgency urgency) {
    Level level =
        switch (urgency) {
          case NOW -> Level.ERROR;
          case SOON -> Level.WARN;
          case NONE -> Level.INFO;
        };
    String lost =
        (Boolean.FALSE.equals(line.published()) ? ", and the topic has not heard it" : "")
            + (Boolean.FALSE.equals(line.recorded()) ? ", and the ledger does not know it" : "");
    MigrationResult result = line.result();
    LOG.logf(level, "Ended%s: %s", lost, result == null ? "nobody knows how" : result.summary());
  }
}
