package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;

import dev.numberferry.event.Payload;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A person engages the brake, and releases it. */
@QuarkusTest
class BrakeCommandTest extends BrakeTestBase {

  @Test
  void aPersonEngagesItAndEverybodyHears() {
    BrakeAnswer answer = command("engage", "the list looks wrong");

    assertThat(answer.state()).isEqualTo("ENGAGED");
    assertThat(answer.engaged().published()).isTrue();
    assertThat(published().getString("by")).isEqualTo("Ada");
    assertThat(published().getString("reason")).isEqualTo("the list looks wrong");
    assertThat(published().getList("harms")).isEmpty();
    move(1)
        .spec(braked())
        .body(
            "error.message", allOf(containsString("Ada"), containsString("the list looks wrong")));
  }

  @Test
  void whoEngagesItTwiceIsHeardOnce() {
    String first = command("engage", "the list looks wrong").engaged().brakeId();

    assertThat(command("engage", "really").engaged().brakeId()).isEqualTo(first);
    assertThat(publishedStatuses()).containsExactly("BRAKED");
  }

  @Test
  void itIsOneItemThatNeitherExpiresNorIsDue() {
    engageByWrongPins();
    release();

    Map<String, AttributeValue> item = outside.ledger().brakeItem();

    assertThat(item).containsOnlyKeys("phoneNumberId", "format", "revision", "writer", "brake");
    assertThat(brakeItem().getString("released.by")).isEqualTo("Ada");
    assertThat(brakeItem().getString("released.reason")).isEqualTo("the list is right now");
    assertThat(brakeItem().getString("released.at")).endsWith("Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"release\": \"why\"} | by is missing",
        "{\"engage\": \"why\", \"by\": \" \"} | by in the command is blank",
        "{\"release\": \"\", \"by\": \"Ada\"} | release in the command is blank",
        "{\"engage\": \"two\\nlines\", \"by\": \"Ada\"} | engage is too long or not",
        "{\"by\": \"Ada\"} | by is given, but neither",
        "{\"release\": \"why\", \"engage\": \"why\", \"by\": \"Ada\"} | release is given, and",
        "{\"release\": true, \"by\": \"Ada\"} | release in the command is of a wrong type",
        "{\"release\": \"why\", \"by\": \"Ada\", \"brakeId\": \" \"} | brakeId in the command is"
            + " blank",
        "{\"engage\": \"why\", \"by\": \"Ada\", \"brakeId\": \"b\"} | brakeId is given, but no",
        "{\"brakeId\": \"b\"} | brakeId is given, but no release",
        "{\"relase\": \"why\", \"by\": \"Ada\"} | relase in the command is not a known field",
        "{\"by\": \"Ada\", \"by\": \"Bob\"} | by in the event stands twice",
        "[] | the command is not a JSON object",
        "null | the command is not a JSON object",
        "release | the event is no JSON",
        "{\"requestContext\": {\"http\": {}}} | the event is a request of an HTTP API",
        "\"{}\" | the event is a text with JSON in it"
      })
  void whatIsNoCommandIsRefusedAndChangesNothing(String event, String problem) {
    command("engage", "the list looks wrong");

    assertThatThrownBy(() -> brake.brake(Payload.of(event)))
        .asString()
        .startsWith("Invalid: " + problem)
        .endsWith(".");

    assertThat(brake.brake(Payload.of("{}")).state()).isEqualTo("ENGAGED");
  }

  @Test
  void aCommandThatCouldNotBeCarriedOutSaysSo() {
    outside.ledger().fails("PutItem", "");

    assertThatThrownBy(() -> command("engage", "the list looks wrong"))
        .asString()
        .startsWith("NotDone: dynamodb:PutItem on table")
        .endsWith(".");
  }
}
