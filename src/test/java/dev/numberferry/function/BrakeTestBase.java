package dev.numberferry.function;

import static io.restassured.path.json.JsonPath.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.event.Payload;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.ResponseSpecification;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** The brake, and numbers that do harm; each has the sample's secret and backup. */
abstract class BrakeTestBase extends FunctionTestBase {

  @Inject BrakeFunction brake;
  @Inject SweepFunction sweep;

  @BeforeEach
  void anyNumberWillDo() {
    outside.resetToAnyNumber();
  }

  void engageByWrongPins() {
    wrongPins(1, 3);
    assertThat(brakeItem().getMap("$")).containsKey("engaged");
  }

  void wrongPins(int from, int to) {
    outside.graph().refuses(400, 133005);
    for (int i = from; i <= to; i++) {
      move(i).body("status", equalTo("REJECTED"));
    }
  }

  static ValidatableResponse move(int i) {
    return invoke(event(i).toString());
  }

  static String event(int i, String field, Object value) {
    return event(i).set(field, JSON.valueToTree(value)).toString();
  }

  static ObjectNode event(int i) {
    return sampleOf(number(i));
  }

  static String number(int i) {
    return "10654035224292" + i;
  }

  JsonPath newest(int i) {
    return outside.ledger().items().stream()
        .filter(it -> it.get("phoneNumberId").s().equals(number(i)))
        .map(it -> from(it.get("entry").s()).setRootPath("attempts[0]"))
        .findFirst()
        .orElseThrow();
  }

  BrakeAnswer command(String what, String reason) {
    return brake.brake(
        Payload.of(JSON.createObjectNode().put(what, reason).put("by", "Ada").toString()));
  }

  /** Releases what is engaged. */
  BrakeAnswer release() {
    return brake.brake(
        Payload.of(
            "{\"release\": \"the list is right now\", \"by\": \"Ada\", \"brakeId\": \"%s\"}"
                .formatted(brake.brake(Payload.of("{}")).engaged().brakeId())));
  }

  /** The brake as the ledger has it. */
  JsonPath brakeItem() {
    return outside.ledger().brake().orElseThrow();
  }

  List<Object> counted() {
    return brakeItem().getList("harms");
  }

  void at(Instant now) {
    outside.ledger().clock(Clock.fixed(now, ZoneOffset.UTC));
  }

  static ResponseSpecification braked() {
    return withheld("BRAKE").body("$", not(hasKey("retry")));
  }
}
