package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.numberferry.event.Payload;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
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
      move(i).body("harm", equalTo("LINE_DOWN"));
    }
    assertThat(outside.graph().registers()).hasSize(5);
    assertThat(outside.ledger().brake()).isEmpty();

    brake.brake(Payload.of("{\"engage\": \"the list looks wrong\", \"by\": \"Ada\"}"));

    move(6).body("reason", equalTo("BRAKE"));
    assertThat(outside.graph().registers()).hasSize(5);
    assertThat(publishedStatuses()).containsOnlyOnce("BRAKED");
  }

  private static ValidatableResponse move(int i) {
    return invoke(sampleOf("10654035224292" + i).toString());
  }
}
