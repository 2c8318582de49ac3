package dev.numberferry.function;

import static dev.numberferry.standin.GraphStandIn.state;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A dry run stops before anything is claimed or sent. */
@QuarkusTest
class DryRunTest extends FunctionTestBase {

  @Test
  void findsAllThatIsInTheWayAtOnce() {
    ObjectNode secret = (ObjectNode) parse(Sample.secret());
    outside
        .secrets()
        .put(Sample.SECRET_ID, secret.put("pin", "12345").put("backupPassword", "").toString());
    outside.objects().put(Sample.BUCKET, Sample.KEY, "short".getBytes(StandardCharsets.UTF_8));

    JsonNode result = dryRun();

    assertThat(result.path("status").asText()).isEqualTo("NOT_READY");
    assertThat(result.path("findings").findValuesAsText("field"))
        .containsExactly(
            "pin in secret whatsapp/106540352242922",
            "backupPassword in secret whatsapp/106540352242922",
            "backup");
    assertThat(result.path("findings").findValuesAsText("cure")).allMatch(it -> it.endsWith("."));
  }

  @Test
  void findsTheStateAndTheLedgerInTheWay() {
    outside.graph().refuses(400, 133005);
    answered(invokeSample());
    outside.secrets().put(Sample.SECRET_ID, Sample.secret());
    outside.graph().tells(state("CLOUD_API", "PENDING"));

    JsonNode result = lastDryRun();

    assertThat(result.path("findings").findValuesAsText("field"))
        .containsExactly("STATE", "PIN_REFUSED");
    assertRegisteredOnce();
  }

  @Test
  void findsThatTheSameAttemptWasMadeBefore() {
    outside.graph().refuses(400, 133006);
    answered(invokeSample());

    assertThat(lastDryRun().path("findings").findValuesAsText("field")).containsExactly("retry");
  }

  @Test
  void findsThatANumberHasMoved() {
    outside.graph().tells(state("CLOUD_API", "CONNECTED"));

    assertThat(dryRun().path("findings").findValuesAsText("problem"))
        .containsExactly("is on the Cloud API already");
  }

  @Test
  void isReadyAndLeavesNothingBehind() {
    outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.PIN, "generate"));
    outside.graph().tells(state("ON_PREMISE", "CONNECTED").put("is_pin_enabled", false));

    JsonNode result = dryRun();

    assertThat(result.path("status").asText()).isEqualTo("READY");
    assertThat(result.path("findings")).isEmpty();
    assertThat(result.path("displayPhoneNumber").asText()).isEqualTo("+1 555-123-4567");
    assertThat(outside.ledger().items()).isEmpty();
    assertThat(outside.secrets().calls("PutSecretValue")).isZero();
  }

  private JsonNode dryRun() {
    JsonNode result = answered(invoke(sampleWith("dryRun", true)));
    assertNothingSent();
    return result;
  }

  private JsonNode lastDryRun() {
    JsonNode result = invoke(sampleWith("dryRun", true)).json();
    assertThat(result.path("status").asText()).isEqualTo("NOT_READY");
    assertThat(lastPublished()).isEqualTo(result);
    return result;
  }
}
