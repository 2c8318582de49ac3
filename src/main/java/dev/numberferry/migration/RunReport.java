package dev.numberferry.migration;

import dev.numberferry.domain.BrakeState;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.QueueMessage;
import dev.numberferry.domain.Urgency;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.LedgerEntry;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.messaging.LineHistory;
import dev.numberferry.messaging.LineHistory.HarmfulCall;
import dev.numberferry.messaging.ResultMessage;
import dev.numberferry.messaging.ResultMessageBuilder;
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
import org.jspecify.annotations.Nullable;

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
  private Optional<MigrationRequest> request = Optional.empty();
  private boolean silent;
  private boolean told;
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

  /** What the run is asked for, as soon as that is read. */
  void isAskedFor(MigrationRequest asked) {
    request = Optional.of(asked);
    dryRun = asked.dryRun();
  }

  void isAbout(PhoneNumberId number) {
    line.phoneNumberId(number);
  }

  void ended(MigrationResult result) {
    line.result(result);
  }

  /** The topic is to hear nothing of it: it has heard the same, or hears it of another run. */
  void isSilent() {
    silent = true;
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
    line.waiting(message.waiting(machine.now()).orElse(null));
  }

  <T> T register(Supplier<T> call) {
    return timed(call, line::register);
  }

  <T> T reconcile(Supplier<T> questions) {
    return timed(questions, line::reconcile);
  }

  private <T> T timed(Supplier<T> work, Consumer<Duration> duration) {
    long begun = machine.nanos();
    T done = work.get();
    duration.accept(since(begun));
    return done;
  }

  /** How long the run has lasted. */
  Duration lasted() {
    return since(startedNanos);
  }

  private Duration since(long nanos) {
    return Duration.ofNanos(machine.nanos() - nanos);
  }

  /**
   * How soon a person has to look at a result of this run.
   *
   * @param result null where it broke off
   */
  private Urgency urgency(@Nullable MigrationResult result) {
    if (dryRun) {
      return Urgency.NONE;
    }
    return result == null || isLost() ? Urgency.NOW : Urgency.of(result.outcome());
  }

  /** A result of this run, with what the topic hears beside it. */
  ResultMessage message(MigrationResult result) {
    boolean recorded = !Boolean.FALSE.equals(line.recorded());
    return ResultMessageBuilder.builder()
        .result(result)
        .urgency(urgency(result))
        .recorded(recorded)
        .brakeIds(brakeIds)
        .dryRun(dryRun)
        .request(request)
        .line(known.map(it -> line(it.entry(), result)))
        .build();
  }

  private static LineHistory line(LedgerEntry entry, MigrationResult result) {
    boolean called = entry.attempt(result.migrationId()).filter(Attempt::mayHaveCalled).isPresent();
    return new LineHistory(
        called,
        entry
            .standingHarm()
            .flatMap(
                it -> it.harm().map(harm -> new HarmfulCall(it.calledAt(), harm, it.errorCode()))));
  }

  private boolean isLost() {
    return Boolean.FALSE.equals(line.published()) || Boolean.FALSE.equals(line.recorded());
  }

  /**
   * The result is published, and about to be marked as that: a process that dies after the mark
   * leaves nothing to publish, and nobody would tell of the harm.
   */
  void tellHarm() {
    if (line.result() != null && line.result().outcome().harm() != null) {
      tell();
    }
  }

  /** The run is over, whichever way; what was told is not told again. */
  void tell() {
    if (told) {
      return;
    }
    told = true;
    try {
      if (line.published() == null && !silent) {
        line.published(false);
      }
      Urgency urgency = urgency(line.result());
      log(urgency);
      known.ifPresent(it -> line.callsIn72h(it.entry().recentCalls(it.now()).size()));
      lines.write(line.urgency(urgency).duration(lasted()).build());
    } catch (RuntimeException e) {
      LOG.errorf("Not told how the run ended: %s", e.getClass().getName());
    } catch (OutOfMemoryError e) {
      // What is to be said of it may need memory, too.
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
