package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static dev.numberferry.standin.GraphStandIn.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.numberferry.standin.Sample;
import dev.numberferry.support.Machine;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a dry run sees coming, on a machine with another date. */
@QuarkusTest
class OutlookTest extends FunctionTestBase {

  @Test
  void aGraphVersionThatEndsSoonIsAWarning() {
    QuarkusMock.installMockForType(new At(Instant.parse("2028-07-01T00:00:00Z")), Machine.class);

    answered(invoke(sampleWith("dryRun", true)))
        .body(
            "status", equalTo("READY"),
            "findings.field", contains("FERRY_GRAPH_VERSION"),
            "findings.severity", contains("warning"),
            "findings[0].problem", containsString("v25.0, which ends on 2028-07-29"));
    assertNothingSent();
  }

  @Test
  void itIsOneAlsoWhereTheLookDoesNotSeeTheNumber() {
    QuarkusMock.installMockForType(new At(Instant.parse("2028-07-01T00:00:00Z")), Machine.class);
    outside.graph().looksAnswer(error(401, "{\"error\": {\"code\": 190}}"));

    answered(invoke(sampleWith("dryRun", true)))
        .body(
            "status", equalTo("NOT_READY"),
            "findings.severity", contains("error", "warning"),
            "findings[1].field", equalTo("FERRY_GRAPH_VERSION"));
    assertNothingSent();
  }

  @Test
  void aTokenIsAskedAboutOnceAnHour() {
    String token = Sample.TOKEN + "Hourly";
    Instant start = Instant.parse("2026-12-01T08:00:00Z");
    outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.TOKEN, token));
    outside.graph().answers("debug_token", okJson("{}"));

    assertAskedAt(start, 1);
    assertAskedAt(start.plus(Duration.ofMinutes(59)), 1);
    assertAskedAt(start.plus(Duration.ofMinutes(61)), 2);
    assertNothingSent();
  }

  private void assertAskedAt(Instant time, int times) {
    QuarkusMock.installMockForType(new At(time), Machine.class);

    invoke(sampleWith("dryRun", true)).body("status", equalTo("READY"));

    assertThat(outside.graph().askedFor("debug_token")).hasSize(times);
  }

  private static final class At extends Machine {

    private final Instant time;

    At(Instant time) {
      this.time = time;
    }

    @Override
    public Instant now() {
      return time;
    }
  }
}
