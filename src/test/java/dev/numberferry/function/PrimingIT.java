package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.standin.FerryProcess;
import dev.numberferry.standin.LambdaStandIn;
import dev.numberferry.standin.RawServer;
import dev.numberferry.standin.RawServer.Behaviour;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the binary does before it asks for its first event. */
class PrimingIT {

  /** Needs no call: what comes back is logged and passed over. */
  private static final String OWN_RESULT = "{\"schemaVersion\": 1, \"migrationId\": \"m\"}";

  @Test
  void itConnectsToAwsAndSendsNothing() throws Exception {
    try (RawServer aws = new RawServer(Behaviour.SILENT);
        RawServer graph = new RawServer(Behaviour.SILENT)) {
      takesAnEvent("http://localhost:" + aws.port(), graph, Map.of());

      assertThat(aws.connections()).isPositive();
      assertThat(aws.received()).isZero();
      assertThat(graph.connections()).isZero();
    }
  }

  @Test
  void anAwsThatIsSilentKeepsNoEventWaiting() throws Exception {
    try (RawServer aws = new RawServer(Behaviour.SILENT);
        RawServer graph = new RawServer(Behaviour.SILENT)) {
      takesAnEvent("https://localhost:" + aws.port(), graph, Map.of());

      assertThat(aws.received()).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://localhost:1", "https://no-such-host.invalid"})
  void anAwsThatIsNotThereKeepsNoEventWaiting(String url) throws Exception {
    try (RawServer graph = new RawServer(Behaviour.SILENT)) {
      takesAnEvent(url, graph, Map.of());
    }
  }

  @Test
  void credentialsThatAreMissingKeepNoEventWaiting() throws Exception {
    try (RawServer aws = new RawServer(Behaviour.SILENT);
        RawServer graph = new RawServer(Behaviour.SILENT)) {
      takesAnEvent(
          "http://localhost:" + aws.port(),
          graph,
          Map.of("AWS_ACCESS_KEY_ID", "", "AWS_EC2_METADATA_DISABLED", "true"));
    }
  }

  private static void takesAnEvent(String aws, RawServer graph, Map<String, String> settings)
      throws Exception {
    try (LambdaStandIn lambda = new LambdaStandIn().start()) {
      Map<String, String> environment =
          FerryProcess.environment(
              "migrate", lambda.address(), aws, "https://localhost:" + graph.port());
      environment.putAll(settings);
      try (FerryProcess ferry = FerryProcess.start("priming", environment)) {
        assertThat(lambda.deliver(OWN_RESULT).get(1, TimeUnit.MINUTES).failed()).isFalse();
      }
    }
  }
}
