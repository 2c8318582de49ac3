package dev.numberferry.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.numberferry.domain.FunctionNames;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.support.StrictJson;
import dev.numberferry.support.Texts;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the function {@code fleet} is asked for, by a state machine or by a person.
 *
 * @param run its name: the execution's, where there is one
 * @param order nothing where only a report is asked for
 * @param ended the stage that has ended; nothing before the first, when {@code ended} is missing,
 *     empty, or the order once more
 */
public record FleetCommand(String run, Optional<FleetOrder> order, Optional<Ended> ended) {

  private static final String CURE =
      "Give {\"run\": \"name\", \"order\": {\"manifest\": \"manifests/numbers.csv\"}}, or {\"run\":"
          + " \"name\"} for a report.";

  private static final List<FieldType> TYPES =
      Stream.concat(
              Stream.of(
                  FieldType.text("run", CURE),
                  new FieldType("order", JsonNodeType.OBJECT, CURE),
                  new FieldType("ended", JsonNodeType.OBJECT, CURE)),
              FleetOrder.TYPES.stream())
          .toList();

  /** As Step Functions has it of an execution's name, but for what would be another folder. */
  private static final FieldForm RUN =
      FieldForm.of(
          "run",
          "[A-Za-z0-9_-]{1,80}",
          "Give a name of 1 to 80 letters, digits, - and _: an execution's is its own.");

  /**
   * A stage that has ended.
   *
   * @param error what the state machine says to have ended it early
   */
  public record Ended(FleetOrder.Stage stage, Optional<String> error) {}

  /** All that is there; what has ended is the state of a machine, which has more in it. */
  @RegisterForReflection
  record Fields(
      @Nullable String run,
      FleetOrder.@Nullable Fields order,
      @Nullable Map<String, Object> ended) {}

  /**
   * @throws InvalidInputException if it is no command
   */
  public static FleetCommand read(Payload event) {
    JsonNode json = EventKind.only(event, FunctionNames.FLEET, "a run's name and its order", CURE);
    FieldType.check(json, TYPES, "the command");
    Fields fields = StrictJson.bind(json, Fields.class, "the command");
    String run = RUN.check(fields.run);
    Optional<FleetOrder> order = Optional.ofNullable(fields.order).map(FleetOrder::of);
    Optional<Ended> ended =
        isBeginning(json) ? Optional.empty() : Optional.of(ended(json.path("ended")));
    if (ended.isPresent() && order.isEmpty()) {
      throw new InvalidInputException("order", "is missing, and a stage has ended", CURE);
    }
    return new FleetCommand(run, order, ended);
  }

  /** Before the first stage nothing has ended, or a state machine hands on its input. */
  private static boolean isBeginning(JsonNode command) {
    JsonNode ended = command.path("ended");
    return ended.isEmpty() || ended.equals(command.path("order"));
  }

  private static Ended ended(JsonNode state) {
    if (!state.has("stage")) {
      throw wrong("ended.stage", "is missing");
    }
    String stage = state.at("/stage/name").textValue();
    if (stage == null) {
      throw wrong("ended.stage", "has no name");
    }
    return new Ended(
        FleetOrder.stage("ended.stage.name", stage),
        Optional.ofNullable(state.at("/map/Error").textValue()).map(Texts::shown));
  }

  private static InvalidInputException wrong(String field, String problem) {
    return new InvalidInputException(
        field, problem, "Hand on what this function answered before the stage.");
  }
}
