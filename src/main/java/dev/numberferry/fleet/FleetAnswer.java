package dev.numberferry.fleet;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.numberferry.event.FleetOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What comes next, for the state machine, and why, for people. It is small: no list is in it.
 *
 * @param stage what the machine does with the rows; null where there is nothing more to do
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FleetAnswer(Go go, @Nullable StageOrder stage, Verdict verdict) {

  /** Where it goes from here. */
  @RegisterForReflection
  public enum Go {
    /** The rows of a stage are sent. */
    ROWS,
    /** A surprise: a person looks first. */
    STOPPED,
    /** All that was ordered is done. */
    FINISHED,
    /** Nothing was ordered but a report. */
    REPORTED
  }

  static FleetAnswer rows(StageOrder stage, Verdict told, String why) {
    return new FleetAnswer(Go.ROWS, stage, told.withWhy(why));
  }

  static FleetAnswer stopped(Verdict told, String why) {
    return new FleetAnswer(Go.STOPPED, null, told.withWhy(why));
  }

  static FleetAnswer finished(Verdict told, String why) {
    return new FleetAnswer(Go.FINISHED, null, told.withWhy(why));
  }

  static FleetAnswer reported(Verdict told, String why) {
    return new FleetAnswer(Go.REPORTED, null, told.withWhy(why));
  }

  /**
   * A stage that begins.
   *
   * @param concurrency how many rows at once
   * @param tolerated how many rows may fail before it ends early
   * @param events the key of its list, an array of migration events
   * @param rows how many are in it
   */
  @RecordBuilder
  @RegisterForReflection
  public record StageOrder(
      FleetOrder.Stage name,
      int concurrency,
      int tolerated,
      String events,
      int rows,
      Instant begunAt) {}

  /**
   * What is known of a run.
   *
   * @param why it goes where it goes
   * @param rows of the manifest
   * @param counts how many rows stand where; null before there is a report
   * @param needPerson how many of them need a person; null before there is a report
   * @param report its key; null before there is one
   */
  @RecordBuilder
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Verdict(
      String run,
      String why,
      int rows,
      @Nullable Map<String, Integer> counts,
      @Nullable Integer needPerson,
      @Nullable String report)
      implements FleetAnswerVerdictBuilder.With {}
}
