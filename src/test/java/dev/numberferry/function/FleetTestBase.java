package dev.numberferry.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.event.Payload;
import dev.numberferry.fleet.FleetAnswer;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.Sample;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeEach;

/** A list of numbers, of which each has the sample's secret and backup. */
abstract class FleetTestBase extends FunctionTestBase {

  @Inject FleetFunction fleet;
  @Inject BrakeFunction brake;

  @BeforeEach
  void anyNumberWillDo() {
    outside.resetToAnyNumber();
  }

  /** The manifest has so many numbers. */
  void manifestOf(int rows) {
    manifest(
        IntStream.rangeClosed(1, rows)
            .mapToObj(i -> "%s,in/%s.json\n".formatted(number(i), number(i)))
            .collect(Collectors.joining("", "phoneNumberId,backupKey\n", "")));
  }

  void manifest(String text) {
    outside.objects().put(Sample.FLEET_BUCKET, Sample.MANIFEST, text.getBytes(UTF_8));
  }

  static String number(int i) {
    return String.valueOf(106540352240000L + i);
  }

  /** What the function is asked before the first stage. */
  FleetAnswer begin(String run, String order) {
    return ask(run, order, JSON.createObjectNode());
  }

  /** What it is asked when a stage is over, as a state machine does. */
  FleetAnswer after(String run, String order, FleetAnswer stage) {
    ObjectNode state = JSON.createObjectNode().put("go", "ROWS");
    state.putObject("stage").put("name", stage.stage().name().name());
    state.putObject("map").put("MapRunArn", "arn");
    return ask(run, order, state);
  }

  FleetAnswer ask(String run, String order, ObjectNode ended) {
    return ask(command(run, order).set("ended", ended));
  }

  FleetAnswer report(String run) {
    return ask(JSON.createObjectNode().put("run", run));
  }

  FleetAnswer ask(JsonNode command) {
    return fleet.fleet(Payload.of(command.toString()));
  }

  /**
   * @param more fields of the order, such as {@code "canary": 1}
   */
  static ObjectNode command(String run, String more) {
    ObjectNode command = JSON.createObjectNode().put("run", run);
    ObjectNode order = (ObjectNode) parse("{" + more + "}");
    command.set("order", order.put("manifest", Sample.MANIFEST));
    return command;
  }

  /** Sends all rows of a stage to migrate, one after another; those that fail are tolerated. */
  void send(FleetAnswer answer) {
    for (JsonNode event : list(answer)) {
      // The stand-in has one number, which the row before may have moved.
      outside.graph().tells(GraphStandIn.state("ON_PREMISE", "CONNECTED"));
      invoke(event.toString());
    }
  }

  List<JsonNode> list(FleetAnswer answer) {
    List<JsonNode> events = new ArrayList<>();
    parse(object(answer.stage().events())).forEach(events::add);
    assertThat(events).hasSize(answer.stage().rows());
    return events;
  }

  /** The ids of the numbers in the list of a stage. */
  List<String> numbers(FleetAnswer answer) {
    return list(answer).stream().map(it -> it.path("phoneNumberId").asText()).toList();
  }

  /** One stage after another, until there is no more. */
  FleetAnswer all(String run, String order) {
    FleetAnswer answer = begin(run, order);
    while (answer.go() == FleetAnswer.Go.ROWS) {
      send(answer);
      answer = after(run, order, answer);
    }
    return answer;
  }

  String object(String key) {
    return new String(outside.objects().content(Sample.FLEET_BUCKET, key).orElseThrow(), UTF_8);
  }

  /** The rows of a report without its header, each as its row and its first cells. */
  List<String> reported(FleetAnswer answer, int cells) {
    return object(answer.verdict().report())
        .lines()
        .skip(1)
        .map(it -> List.of(it.split(",", -1)).subList(0, cells + 2))
        .map(it -> it.get(0) + ": " + String.join(" ", it.subList(2, it.size())))
        .map(String::strip)
        .toList();
  }

  void engageTheBrake() {
    brake.brake(Payload.of("{\"engage\": \"the list looks wrong\", \"by\": \"Ada\"}"));
  }

  /** It is refused as what cannot be used. */
  AbstractStringAssert<?> refused(Runnable question) {
    return (AbstractStringAssert<?>)
        assertThatThrownBy(question::run).asString().startsWith("Invalid: ").endsWith(".");
  }
}
