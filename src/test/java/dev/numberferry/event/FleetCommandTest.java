package dev.numberferry.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.event.FleetOrder.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FleetCommandTest {

  private static final String MANIFEST = "\"manifest\": \"manifests/n.csv\"";

  @Test
  void withAManifestAloneAnOrderIsADryRun() {
    FleetOrder order =
        read("{\"run\": \"r\", \"order\": {" + MANIFEST + "}}").order().orElseThrow();

    assertThat(order)
        .isEqualTo(
            FleetOrderBuilder.builder()
                .manifest("manifests/n.csv")
                .upTo(Stage.DRY_RUN)
                .canary(5)
                .concurrency(5)
                .notReady(0)
                .tolerated(0)
                .build());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100})
  void aCountMayBeTheLeastAndTheMost(int canary) {
    String command = "{\"run\": \"r\", \"order\": {" + MANIFEST + ", \"canary\": %d}}";

    assertThat(read(command.formatted(canary)).order().orElseThrow().canary()).isEqualTo(canary);
  }

  @Test
  void aRunAloneAsksForAReport() {
    FleetCommand command = read("{\"run\": \"2026-11_a\"}");

    assertThat(command.run()).isEqualTo("2026-11_a");
    assertThat(command.order()).isEmpty();
    assertThat(command.ended()).isEmpty();
  }

  @Test
  void theStateOfAMachineSaysWhichStageHasEndedAndWhy() {
    String state =
        "{\"go\": \"ROWS\", \"stage\": {\"name\": \"CANARY\", \"rows\": 5}, \"map\": %s}";
    String command = "{\"run\": \"r\", \"order\": {" + MANIFEST + "}, \"ended\": %s}";

    assertThat(read(command.formatted("{}")).ended()).isEmpty();
    // A machine hands on its input before the first stage, which is the order.
    assertThat(read(command.formatted("{" + MANIFEST + "}")).ended()).isEmpty();
    assertThat(read(command.formatted(state.formatted("{\"MapRunArn\": \"arn\"}"))).ended())
        .hasValueSatisfying(
            it -> {
              assertThat(it.stage()).isEqualTo(Stage.CANARY);
              assertThat(it.error()).isEmpty();
            });
    assertThat(
            read(command.formatted(state.formatted("{\"Error\": \"States.X\", \"Cause\": \"c\"}")))
                .ended()
                .flatMap(FleetCommand.Ended::error))
        .contains("States.X");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | run is missing",
        "{\"run\": 5} | run in the command is of a wrong type",
        "{\"run\": \"a b\"} | run has a form that is not accepted",
        "{\"run\": \"../a\"} | run has a form that is not accepted",
        "{\"run\": \"\"} | run in the command is blank",
        "{\"run\": \"r\", \"orders\": {}} | orders in the command is not a known field",
        "{\"run\": \"r\", \"order\": null} | order in the command is null",
        "{\"run\": \"r\", \"order\": \"all\"} | order in the command is of a wrong type",
        "{\"run\": \"r\", \"order\": {}} | order.manifest is missing",
        "{\"run\": \"r\", \"order\": {\"manifest\": \"n.csv\"}} | order.manifest has a form",
        "{\"run\": \"r\", \"order\": {\"manifest\": \"s3://b/manifests/n\"}} | order.manifest has"
            + " a",
        "{\"run\": \"r\", \"order\": {\"manifest\": \"manifests/n\", \"upto\": \"ALL\"}} |"
            + " order.upto",
        "{\"run\": \"r\", \"order\": {\"manifest\": \"manifests/n\", \"upTo\": \"all\"}} |"
            + " order.upTo",
        "{\"run\": \"r\", \"order\": {\"manifest\": \"manifests/n\", \"canary\": 0}} | order.canary"
            + " is",
        "{\"run\": \"r\", \"order\": {\"manifest\": \"manifests/n\", \"canary\": 101}} |"
            + " order.canary",
        "{\"run\": \"r\", \"order\": {\"manifest\": \"manifests/n\", \"canary\": 5.5}} |"
            + " order.canary",
        "{\"run\": \"r\", \"order\": {\"manifest\": \"manifests/n\", \"canary\": \"5\"}} |"
            + " order.canary",
        "{\"run\": \"r\", \"order\": {\"manifest\": \"manifests/n\", \"canary\": 1e99}} |"
            + " order.canary",
        "{\"run\": \"r\", \"order\": {\"manifest\": \"manifests/n\", \"concurrency\": 0}} |"
            + " order.concu",
        "{\"run\": \"r\", \"order\": {\"manifest\": \"manifests/n\", \"notReady\": -1}} |"
            + " order.notReady",
        "{\"run\": \"r\", \"order\": {\"manifest\": \"manifests/n\", \"tolerated\": null}} |"
            + " order.toler",
        "{\"run\": \"r\", \"ended\": {\"stage\": {\"name\": \"ALL\"}}} | order is missing",
        "{\"run\": \"r\", \"order\": {\"manifest\": \"manifests/n\"}, \"ended\": {\"stage\": {}}} |"
            + " ended",
        "{\"run\": \"r\", \"order\": {\"manifest\": \"manifests/n\"}, \"ended\": {\"stage\":"
            + " {\"name\": \"X\"}}} | ended.stage.name is no stage",
        "{\"run\": \"r\", \"order\": {\"manifest\": \"manifests/n\"}, \"ended\": {\"go\":"
            + " \"ROWS\"}} | ended.stage is missing",
        "{\"run\": \"r\", \"order\": {\"manifest\": \"manifests/n\"}, \"ended\":"
            + " {\"manifest\": \"manifests/m\"}} | ended.stage is missing",
        "{\"run\": \"r\", \"order\": {\"manifest\": \"manifests/n\"}, \"ended\": {\"stage\":"
            + " null}} | ended",
        "{\"run\": \"r\", \"ended\": {\"name\": \"ALL\"}} | ended.stage is missing",
        "[] | the command is not a JSON object",
        "{\"requestContext\": {\"http\": {}}} | the event is a request of an HTTP API"
      })
  void whatIsNoCommandIsRefused(String event, String problem) {
    assertThatThrownBy(() -> read(event))
        .isInstanceOfSatisfying(
            InvalidInputException.class, it -> assertThat(it.cure()).endsWith("."))
        .hasMessageStartingWith(problem);
  }

  @Test
  void allThatIsWrongWithAnOrderIsTold() {
    assertThatThrownBy(
            () ->
                read(
                    "{\"run\": \"r\", \"order\": {\"manifest\": \"n\", \"canary\": 0, \"upTo\":"
                        + " \"x\"}}"))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            it ->
                assertThat(it.findings().stream().map(finding -> finding.field()).toList())
                    .isEqualTo(List.of("order.manifest", "order.upTo", "order.canary")));
  }

  private static FleetCommand read(String event) {
    return FleetCommand.read(Payload.of(event));
  }
}
