package dev.numberferry.binary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.standin.LambdaStandIn;
import dev.numberferry.standin.RawServer;
import dev.numberferry.standin.RawServer.Behaviour;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the binary does before it asks for its first event. */
class PrimingIT {

  /** Needs no call: what comes back is logged and passed over. */
  private static final String OWN_RESULT =
      "{\"schemaVersion\": 1, \"migrationId\": \"m\", \"status\": \"MIGRATED\"}";

  private final LambdaStandIn lambda = new LambdaStandIn();
  private RawServer graph;

  @BeforeEach
  void start() throws Exception {
    lambda.start();
    graph = new RawServer(Behaviour.CLOSES);
  }

  @AfterEach
  void stop() throws Exception {
    lambda.close();
    graph.close();
  }

  @ParameterizedTest
  @CsvSource({"migrate, 4", "backup-uploaded, 4", "api, 5", "sweep, 3", "brake, 2"})
  void itConnectsToTheServicesThatTheFunctionUsesAndSendsNothing(String function, int services)
      throws Exception {
    // By address: S3 then puts a bucket into the path, and not before the host.
    try (RawServer aws = new RawServer(Behaviour.CLOSES);
        FerryProcess ferry = start(function, "http://127.0.0.1:" + aws.port(), Map.of())) {
      lambda.asked().get(1, TimeUnit.MINUTES);
      aws.settle();
      graph.settle();

      assertThat(aws.connections()).isEqualTo(services + 1);
      assertThat(aws.received()).isEqualTo(1);
      assertThat(graph.connections()).isEqualTo(1);
    }
  }

  @Test
  void anAwsThatIsSilentKeepsNoEventWaiting() throws Exception {
    try (RawServer aws = new RawServer(Behaviour.SILENT)) {
      assertTakesAnEvent("https://localhost:" + aws.port(), Map.of());

      assertThat(aws.received()).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://localhost:1", "https://no-such-host.invalid"})
  void anAwsThatIsNotThereKeepsNoEventWaiting(String url) throws Exception {
    assertTakesAnEvent(url, Map.of());
  }

  @Test
  void credentialsThatAreMissingKeepNoEventWaiting() throws Exception {
    try (RawServer aws = new RawServer(Behaviour.SILENT)) {
      assertTakesAnEvent(
          "http://localhost:" + aws.port(),
          Map.of("AWS_ACCESS_KEY_ID", "", "AWS_EC2_METADATA_DISABLED", "true"));
    }
  }

  private void assertTakesAnEvent(String aws, Map<String, String> settings) throws Exception {
    try (FerryProcess ferry = start("migrate", aws, settings)) {
      assertThat(lambda.deliver(OWN_RESULT).get(1, TimeUnit.MINUTES).failed()).isFalse();
    }
  }

  private FerryProcess start(String function, String aws, Map<String, String> settings) {
    Map<String, String> environment =
        FerryProcess.environment(
            function, lambda.address(), aws, "https://localhost:" + graph.port());
    environment.putAll(settings);
    return FerryProcess.start("priming", environment);
  }
}
