package dev.numberferry.fleet;

import dev.numberferry.domain.BrakeState;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.StoreException;
import dev.numberferry.event.FleetCommand;
import dev.numberferry.event.FleetCommand.Ended;
import dev.numberferry.event.FleetOrder;
import dev.numberferry.event.FleetOrder.Stage;
import dev.numberferry.fleet.FleetAnswer.StageOrder;
import dev.numberferry.fleet.FleetAnswer.Verdict;
import dev.numberferry.fleet.RunFiles.Decision;
import dev.numberferry.ledger.EntriesReader;
import dev.numberferry.support.Machine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Says what is done next with the numbers of a manifest: a dry run of all, some one by one, the
 * others; and stops at the first surprise.
 */
@ApplicationScoped
public class Fleet {

  private static final Logger LOG = Logger.getLogger(Fleet.class);

  /** Whoever asks for the beginning again does so soon; later it is another run of this name. */
  private static final Duration BEGINNING = Duration.ofDays(1);

  /**
   * So far may the clocks of two machines differ. An answer that is only so much older than its
   * stage says the same as one in it.
   */
  private static final Duration CLOCKS = Duration.ofMinutes(1);

  /** A report that no stage has asked for. */
  private static final String BY_HAND = "by-hand";

  private final ManifestReader manifests;
  private final RunFiles files;
  private final EntriesReader entries;
  private final Machine machine;

  Fleet(ManifestReader manifests, RunFiles files, EntriesReader entries, Machine machine) {
    this.manifests = manifests;
    this.files = files;
    this.entries = entries;
    this.machine = machine;
  }

  /**
   * Does what it is asked for. The same question has the same answer, however often it is asked,
   * but for a report by hand, and for the beginning once the dry run is over.
   *
   * @throws InvalidInputException if it is of no use, with all that is wrong with a manifest
   * @throws StoreException if ledger or bucket failed
   */
  public FleetAnswer answer(FleetCommand command) {
    String run = command.run();
    FleetAnswer answer =
        command
            .order()
            .map(
                order ->
                    command
                        .ended()
                        .map(ended -> after(run, order, ended))
                        .orElseGet(() -> begin(run, order)))
            .orElseGet(() -> report(run));
    LOG.infof("Run %s: %s. %s", run, answer.go(), answer.verdict().why());
    return answer;
  }

  private FleetAnswer begin(String run, FleetOrder order) {
    Optional<Decision> begun = files.decision(run, Optional.empty());
    if (begun.isPresent()) {
      return again(run, begun.get(), order);
    }
    byte[] file = files.manifest(order.manifest());
    List<Row> rows = manifests.read(file);
    if (!Arrays.equals(files.keepManifest(run, file), file)) {
      throw taken("was begun with a manifest that was changed since");
    }
    Verdict told = FleetAnswerVerdictBuilder.builder().run(run).rows(rows.size()).why("").build();
    BrakeState brake = entries.readBrake();
    FleetAnswer answer =
        brake.isEngaged()
            ? braked(told, brake)
            : FleetAnswer.rows(dryRun(run, order, rows), told, "All rows have a dry run");
    Decision decision = new Decision(order, machine.now(), answer);
    return again(run, files.keepDecision(run, Optional.empty(), decision), order);
  }

  private FleetAnswer again(String run, Decision begun, FleetOrder order) {
    if (!begun.order().equals(order)) {
      throw taken("was begun with another order");
    }
    if (begun.at().plus(BEGINNING).isBefore(machine.now())) {
      throw taken("was begun at " + begun.at());
    }
    if (files.decision(run, Optional.of(Stage.DRY_RUN)).isPresent()) {
      throw taken("has had its dry run");
    }
    return begun.answer();
  }

  private static InvalidInputException taken(String problem) {
    return new InvalidInputException(
        "run", problem, "Give it another name: the ledger knows what has moved.");
  }

  /** Whatever fails in it is tolerated: all that is wrong is to be known at once. */
  private StageOrder dryRun(String run, FleetOrder order, List<Row> rows) {
    int size = files.keepList(run, Stage.DRY_RUN, rows).size();
    return stage(run, Stage.DRY_RUN)
        .concurrency(order.concurrency())
        .tolerated(size)
        .rows(size)
        .build();
  }

  private FleetAnswer after(String run, FleetOrder order, Ended ended) {
    Optional<Stage> over = Optional.of(ended.stage());
    Optional<Decision> decided = files.decision(run, over);
    if (decided.isPresent()) {
      return decided.get().answer();
    }
    StageOrder stage = begun(run, order, ended.stage());
    Known known = known(run, ended.stage().name());
    FleetAnswer answer =
        ended
            .error()
            .map(
                it ->
                    stopped(
                        known.told(), "The stage %s ended early: %s".formatted(ended.stage(), it)))
            .orElseGet(() -> next(known, order, stage));
    return files.keepDecision(run, over, new Decision(order, machine.now(), answer)).answer();
  }

  /** The stage that has ended, as it was ordered here. */
  private StageOrder begun(String run, FleetOrder order, Stage ended) {
    Optional<Stage> before =
        switch (ended) {
          case DRY_RUN -> Optional.empty();
          case CANARY -> Optional.of(Stage.DRY_RUN);
          case ALL -> Optional.of(Stage.CANARY);
        };
    Decision decision =
        files
            .decision(run, before)
            .orElseThrow(() -> notBegun("names a stage that this run has not begun"));
    if (!decision.order().equals(order)) {
      throw taken("was begun with another order");
    }
    return Optional.ofNullable(decision.answer().stage())
        .orElseThrow(() -> notBegun("names a stage, and the run has stopped before it"));
  }

  private static InvalidInputException notBegun(String problem) {
    return new InvalidInputException(
        "ended", problem, "Hand on what this function has answered before the stage.");
  }

  private FleetAnswer next(Known known, FleetOrder order, StageOrder ended) {
    return switch (ended.name()) {
      case DRY_RUN -> afterDryRun(known, order, ended);
      case CANARY -> afterCanary(known, order);
      case ALL -> afterAll(known, ended);
    };
  }

  private FleetAnswer afterDryRun(Known known, FleetOrder order, StageOrder ended) {
    Instant begin = ended.begunAt().minus(CLOCKS);
    List<Row> ready = known.report().rows(it -> it.isReadySince(begin));
    int moved = known.report().rows(it -> it.hasMoved() && it.isSince(begin)).size();
    int notReady = known.told().rows() - ready.size() - moved;
    if (notReady > order.notReady()) {
      return stopped(
          known.told(),
          "Rows that the dry run did not find ready: %d; notReady is %d"
              .formatted(notReady, order.notReady()));
    }
    if (ready.isEmpty() || order.upTo() == Stage.DRY_RUN) {
      return FleetAnswer.finished(
          known.told(), "The dry run is over; rows that are ready to move: " + ready.size());
    }
    return known.brake().isEngaged()
        ? braked(known.told(), known.brake())
        : FleetAnswer.rows(
            canaries(known.told().run(), order, ready),
            known.told(),
            "The first rows that are ready are moved, one by one");
  }

  /** Decides of all that are ready, so that no row is in both lists or in none. */
  private StageOrder canaries(String run, FleetOrder order, List<Row> ready) {
    List<Row> first = ready.subList(0, Math.min(order.canary(), ready.size()));
    Set<PhoneNumberId> canaries = files.keepList(run, Stage.CANARY, first);
    List<Row> others = ready.stream().filter(it -> !canaries.contains(it.number())).toList();
    if (order.upTo() == Stage.ALL && !others.isEmpty()) {
      files.keepList(run, Stage.ALL, others);
    }
    return stage(run, Stage.CANARY).concurrency(1).tolerated(0).rows(canaries.size()).build();
  }

  private FleetAnswer afterCanary(Known known, FleetOrder order) {
    String run = known.told().run();
    int failed = notMoved(known, Stage.CANARY);
    if (failed > 0) {
      return stopped(known.told(), "Canaries that did not move: " + failed);
    }
    int others = files.list(run, Stage.ALL).size();
    if (others == 0) {
      return FleetAnswer.finished(known.told(), "The canaries have moved");
    }
    return known.brake().isEngaged()
        ? braked(known.told(), known.brake())
        : FleetAnswer.rows(
            stage(run, Stage.ALL)
                .concurrency(order.concurrency())
                .tolerated(order.tolerated())
                .rows(others)
                .build(),
            known.told(),
            "The other rows that were ready are moved");
  }

  private FleetAnswer afterAll(Known known, StageOrder ended) {
    int failed = notMoved(known, Stage.ALL);
    return failed > ended.tolerated()
        ? stopped(
            known.told(),
            "Rows that did not move: %d; tolerated is %d".formatted(failed, ended.tolerated()))
        : FleetAnswer.finished(
            known.told(), "All that was ready was sent; rows that did not move: " + failed);
  }

  private int notMoved(Known known, Stage stage) {
    Set<PhoneNumberId> sent = files.list(known.told().run(), stage);
    return (int)
        known.report().rows(it -> !it.hasMoved()).stream()
            .filter(it -> sent.contains(it.number()))
            .count();
  }

  private FleetAnswer braked(Verdict told, BrakeState brake) {
    return stopped(told, "The brake " + brake.words());
  }

  /** It stays so for this run: who asks again later reads of which time it tells. */
  private FleetAnswer stopped(Verdict told, String why) {
    return FleetAnswer.stopped(
        told,
        "%s; decided at %s. When that is settled, start the manifest again under another name"
            .formatted(why, machine.now().truncatedTo(ChronoUnit.MILLIS)));
  }

  private FleetAnswer report(String run) {
    Known known = known(run, BY_HAND);
    return FleetAnswer.reported(
        known.told(),
        known.brake().isEngaged() ? "The brake " + known.brake().words() : "It was asked for");
  }

  /** What manifest and ledger know of a run now; it is written down as a report. */
  private Known known(String run, String reportName) {
    List<Row> rows = manifests.readAgain(files.keptManifest(run).orElseThrow(Fleet::noRun));
    Map<PhoneNumberId, Standing> standings = new HashMap<>();
    BrakeState brake =
        entries.read(
            rows.stream().map(Row::number).toList(),
            entry -> standings.put(entry.number(), Standing.of(entry)),
            (number, why) -> standings.put(number, Standing.unreadable(why)));
    Report report = new Report(rows, standings);
    Verdict told =
        FleetAnswerVerdictBuilder.builder()
            .run(run)
            .rows(rows.size())
            .why("")
            .counts(report.counts())
            .needPerson(report.needPerson())
            .report(files.writeReport(run, reportName, report))
            .build();
    return new Known(report, brake, told);
  }

  private static InvalidInputException noRun() {
    return new InvalidInputException(
        "run", "names none that was begun", "Correct the name, or give an order with a manifest.");
  }

  private FleetAnswerStageOrderBuilder stage(String run, Stage stage) {
    return FleetAnswerStageOrderBuilder.builder()
        .name(stage)
        .events(RunFiles.listKey(run, stage))
        .begunAt(machine.now().truncatedTo(ChronoUnit.MILLIS));
  }

  /**
   * What is known of a run.
   *
   * @param told the same for whoever asks
   */
  private record Known(Report report, BrakeState brake, Verdict told) {}
}
