package dev.numberferry.function;

import static dev.numberferry.standin.GraphStandIn.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.event.Payload;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Harm to some numbers holds back all others until a person says otherwise. */
@QuarkusTest
class BrakeTest extends BrakeTestBase {

  @Inject ApiFunction api;

  @Test
  void threeWrongPinsOverThreeNumbersEngageItAndAReleaseLetsTheFourthGo() {
    engageByWrongPins();

    move(4)
        .spec(braked())
        .body("nextStep", allOf(containsString("release the brake"), endsWith(".")));
    assertThat(outside.graph().registers()).hasSize(3);
    assertThat(publishedStatuses())
        .containsExactly("REJECTED", "REJECTED", "REJECTED", "BRAKED", "WITHHELD");
    outside.graph().reset();
    assertThat(release().state()).isEqualTo("RELEASED");
    move(4).body("status", equalTo("MIGRATED"));
    assertRegisteredOnce();
  }

  @Test
  void aRetryDoesNotLiftIt() {
    engageByWrongPins();

    invoke(event(1, "retry", retry(attempt(1), "I know better"))).spec(braked());
    invoke(event(4, "retry", retry("none", "I know better"))).spec(braked());
    assertThat(outside.graph().registers()).hasSize(3);
  }

  @Test
  void nobodyIsAskedWhereANumberIsWhileItIsEngaged() {
    command("engage", "the list looks wrong");

    move(1).spec(braked());

    assertThat(outside.graph().looks()).isEmpty();
    assertNothingSent();
  }

  @Test
  void aReplayKeepsItsHarmAndIsAnsweredWhileItIsEngaged() {
    engageByWrongPins();

    move(2)
        .body(
            "status", equalTo("REJECTED"),
            "replayed", equalTo(true),
            "harm", equalTo("LINE_DOWN"));
  }

  @Test
  void whatWasNotPublishedIsPublishedWhileItIsEngaged() {
    outside.topic().fails();
    move(1);
    outside.aws().recovers();
    command("engage", "the list looks wrong");

    move(1);

    assertThat(lastPublished().getString("status")).isEqualTo("MIGRATED");
  }

  @Test
  void aNumberThatHasMovedIsNotHeldBack() {
    move(1);
    command("engage", "the list looks wrong");

    invoke(event(1, "retry", retry("none", "because"))).body("status", equalTo("ALREADY_MIGRATED"));
  }

  @Test
  void theNumbersAndTheBrakeCanBeAskedForWhileItIsEngaged() {
    engageByWrongPins();

    get("/migrations/" + number(1)).statusCode(200);
    for (String path : new String[] {"/brake", "/prod/brake", "/ferry/brake"}) {
      get(path)
          .statusCode(200)
          .body(
              "state", equalTo("ENGAGED"),
              "harms", hasSize(3),
              "engaged.published", equalTo(true));
    }
  }

  @Test
  void theApiOnlyTellsTheBrakesState() {
    request("POST", "/brake").statusCode(405).header("allow", "GET");

    get("/brake").body("state", equalTo("RELEASED"));
  }

  @Test
  void aDryRunFindsItBesideWhatElseIsInTheWay() {
    command("engage", "the list looks wrong");
    outside.graph().tells(state("ON_PREMISE", "BANNED"));

    invoke(event(1, "dryRun", true))
        .body(
            "status", equalTo("NOT_READY"),
            "findings.field", contains("STATE", "BRAKE"));
  }

  @ParameterizedTest
  @CsvSource({"1, MIGRATED", "3, MIGRATED", "4, NOT_SENT"})
  void keysThatTheTableLeftUnreadAreReadAgain(int times, String status) {
    outside.ledger().leavesUnread(times);

    move(1);

    assertThat(published().getString("status")).isEqualTo(status);
    assertThat(outside.graph().registers()).hasSize(status.equals("MIGRATED") ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({"format, 3, newer version", "brake, no JSON, cannot be read"})
  void aBrakeThatCannotBeReadHoldsBackEverything(String attribute, String value, String problem) {
    command("engage", "the list looks wrong");
    Map<String, AttributeValue> item = new HashMap<>(outside.ledger().brakeItem());
    item.put(
        attribute,
        attribute.equals("format") ? AttributeValue.fromN(value) : AttributeValue.fromS(value));
    outside.ledger().put(item);

    move(1).statusCode(500);

    assertThat(lastPublished().getString("status")).isEqualTo("NOT_SENT");
    assertThat(lastPublished().getString("error.message")).contains("the brake", problem);
    assertNothingSent();
  }

  private static Map<String, String> retry(String after, String reason) {
    return Map.of("after", after, "reason", reason);
  }

  private String attempt(int i) {
    return newest(i).getString("migrationId") + "/REJECTED";
  }

  private ValidatableResponse get(String path) {
    return request("GET", path);
  }

  private ValidatableResponse request(String method, String path) {
    ObjectNode event = sample("api-get.json");
    event.put("rawPath", path).remove("pathParameters");
    ((ObjectNode) event.at("/requestContext/http")).put("method", method).put("path", path);
    return response(api.api(Payload.of(event.toString())));
  }
}
