package dev.numberferry.metrics;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.Harm;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Outcome;
import dev.numberferry.support.Machine;
import dev.numberferry.support.Texts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** Writes what CloudWatch reads of runs and sweeps; whatever happens, it throws nothing. */
@ApplicationScoped
public class WideLines {

  private static final Logger LOG = Logger.getLogger(WideLines.class);

  private static final String NAMESPACE = "NumberFerry";

  /** As Quarkus names it. */
  private static final String REQUEST_ID = "AWSRequestId";

  /** The set of no field. */
  private static final List<String> ALL = List.of();

  /** Meta's are much shorter; what Meta sends has no bound. */
  private static final int LONGEST_TRACE_ID = 200;

  private final String namespace;
  private final StandardOutput out;
  private final Machine machine;

  @Inject
  WideLines(FerryConfig config, StandardOutput out, Machine machine) {
    this(config.stack().map(WideLines::namespace).orElse(NAMESPACE), out, machine);
  }

  WideLines(String namespace, StandardOutput out, Machine machine) {
    this.namespace = namespace;
    this.out = out;
    this.machine = machine;
  }

  /** Where the metrics of a stack are. */
  static String namespace(String stack) {
    return NAMESPACE + "/" + stack;
  }

  /** A run is over. */
  public void write(RunLine run) {
    write("run", () -> counted(line(run), run.result()));
  }

  /** A sweep is over. */
  public void write(Supplier<SweepLine> sweep) {
    write("sweep", () -> line(sweep.get()));
  }

  private void write(String about, Supplier<WideLine> line) {
    try {
      out.write(line.get().toString());
    } catch (RuntimeException e) {
      LOG.warnf("No metrics of this %s: %s", about, e.getClass().getName());
    } catch (OutOfMemoryError e) {
      // What is to be said of it may need memory, too.
    }
  }

  private WideLine line(RunLine run) {
    WideLine line =
        empty()
            .with("migrationId", run.migrationId())
            .with("phoneNumberId", text(run.phoneNumberId()))
            .with("trigger", run.trigger());
    Optional<MigrationResult> result = Optional.ofNullable(run.result());
    result.ifPresent(it -> tellEnd(line, it));
    return line.with("urgency", run.urgency().word())
        .with("callsIn72h", run.callsIn72h())
        .with("durationMs", run.duration())
        .with("registerMs", run.register())
        .with("reconcileMs", run.reconcile())
        .with("published", run.published())
        .with("recorded", run.recorded())
        .with("requestId", requestId())
        .count("LineDown", isNewHarm(result, Harm.LINE_DOWN))
        .count("Unclear", isNewHarm(result, Harm.UNCLEAR))
        .count("NotPublished", Boolean.FALSE.equals(run.published()))
        .count("NotRecorded", Boolean.FALSE.equals(run.recorded()))
        .millis("RegisterTime", run.register())
        .millis("ReconcileTime", run.reconcile())
        .seconds("OldestWait", run.waiting());
  }

  private static void tellEnd(WideLine line, MigrationResult result) {
    Outcome outcome = result.outcome();
    line.with("status", result.status().name())
        .with("reason", text(outcome.reason()))
        .with("harm", text(outcome.harm()))
        .with("replayed", isReplay(result));
    Optional.ofNullable(outcome.error()).ifPresent(it -> tellError(line, it));
  }

  private static void tellError(WideLine line, ErrorDetails error) {
    String traceId = error.fbtraceId();
    line.with("code", error.code())
        .with("subcode", error.subcode())
        .with("fbtraceId", traceId == null ? null : Texts.first(traceId, LONGEST_TRACE_ID));
  }

  /** A run that answers what an earlier one has done does no harm. */
  private static boolean isNewHarm(Optional<MigrationResult> result, Harm harm) {
    return result.filter(it -> !isReplay(it) && it.outcome().harm() == harm).isPresent();
  }

  private static boolean isReplay(MigrationResult result) {
    return Boolean.TRUE.equals(result.replayed());
  }

  private static WideLine counted(WideLine line, @Nullable MigrationResult result) {
    line.one("Runs", result == null ? List.of(ALL) : List.of(ALL, List.of("status")));
    return result != null && result.outcome().reason() != null
        ? line.one("Withheld", List.of(List.of("reason")))
        : line;
  }

  private WideLine line(SweepLine sweep) {
    return empty()
        .with("trigger", "sweep")
        .with("failed", sweep.failed())
        .with("durationMs", sweep.duration())
        .with("requestId", requestId())
        .count("Due", sweep.due())
        .seconds("OldestClaim", sweep.oldestClaim())
        .count("BrakeEngaged", sweep.brakeEngaged());
  }

  private WideLine empty() {
    return new WideLine(namespace, machine.now());
  }

  private static @Nullable String requestId() {
    return text(Optional.ofNullable(MDC.get(REQUEST_ID)));
  }

  private static @Nullable String text(Optional<?> value) {
    return text(value.orElse(null));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
