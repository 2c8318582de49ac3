package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.event.Payload;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** With {@code FERRY_BRAKE_AFTER} 0 harms engage nothing, and a person still can. */
@QuarkusTest
@TestProfile(OtherSettings.class)
class BrakeOffTest extends FunctionTestBase {

  @Inject BrakeFunction brake;

  @Test
  void harmsEngageNothingAndAPersonStillCan() {
    outside.resetToAnyNumber();
    outside.graph().refuses(400, 133005);
    for (int i = 1; i <= 5; i++) {
      assertThat(move(i).path("harm").asText()).isEqualTo("LINE_DOWN");
    }
    assertThat(outside.graph().registers()).hasSize(5);
    assertThat(outside.ledger().brake()).isEmpty();

    brake.brake(Payload.of("{\"engage\": \"the list looks wrong\", \"by\": \"Ada\"}"));

    assertThat(move(6).path("reason").asText()).isEqualTo("BRAKE");
    assertThat(outside.graph().registers()).hasSize(5);
    assertThat(publishedStatuses()).containsOnlyOnce("BRAKED");
  }

  private static JsonNode move(int i) {
    ObjectNode event = (ObjectNode) parse(Sample.event("direct.json"));
    return invoke(event.put("phoneNumberId", "10654035224292" + i).toString()).json();
  }
}
