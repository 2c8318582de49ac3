package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.numberferry.standin.GraphStandIn.state;
import static io.restassured.path.json.JsonPath.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.event.Payload;
import dev.numberferry.standin.CallListener;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.ResponseSpecification;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Harm to some numbers holds back all others until a person says otherwise. */
@QuarkusTest
class BrakeTest extends FunctionTestBase {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @Inject BrakeFunction brake;
  @Inject SweepFunction sweep;
  @Inject ApiFunction api;

  @BeforeEach
  void anyNumberWillDo() {
    outside.resetToAnyNumber();
  }

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
    assertThat(command("release", "the list is right now").state()).isEqualTo("RELEASED");
    move(4).body("status", equalTo("MIGRATED"));
    assertRegisteredOnce();
  }

  @Test
  void itsMessageNamesTheHarmsAndWhatToDo() {
    engageByWrongPins();

    var message = outside.topic().messages().get(3);

    assertThat(message.attributes()).isEqualTo(Map.of("status", "BRAKED"));
    JsonPath body = message.body();
    assertThat(body.getInt("schemaVersion")).isOne();
    assertThat(body.getString("brakeId")).hasSize(36);
    assertThat(body.getString("engagedAt")).endsWith("Z");
    assertThat(body.getString("nextStep")).contains("release").endsWith(".");
    assertThat(body.getList("harms.phoneNumberId"))
        .containsExactly(number(1), number(2), number(3));
    assertThat(body.getList("harms.harm")).containsOnly("LINE_DOWN");
    for (int i = 0; i < 3; i++) {
      assertThat(published(i).getString("harm")).isEqualTo("LINE_DOWN");
      assertThat(body.getString("harms[" + i + "].migrationId"))
          .isEqualTo(published(i).getString("migrationId"));
    }
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

  @Test
  void unknownEffectsEngageItToo() {
    outside.graph().answers(aResponse().withStatus(502));
    for (int i = 1; i <= 3; i++) {
      move(i).body("harm", equalTo("UNCLEAR"));
    }

    move(4).spec(braked());
  }

  @Test
  void anUnknownEffectThatTurnsOutWellNoLongerCounts() {
    at(Instant.now().minus(Duration.ofHours(2)));
    outside.graph().answers(aResponse().withStatus(502));
    move(1);
    move(2);
    assertThat(counted()).hasSize(2);
    outside.graph().tells(state("CLOUD_API", "CONNECTED"));
    at(Instant.now().minus(Duration.ofHours(1)));

    sweep.sweep(null);

    assertThat(counted()).isEmpty();
    assertThat(lastPublished().getString("status")).isEqualTo("MIGRATED");
    assertThat(lastPublished().getMap("$")).doesNotContainKey("harm");
  }

  @Test
  void aLateAnswerOfTheRunItselfTakesBackWhatTheSweepCounted() {
    at(Instant.now().minus(Duration.ofHours(2)));
    outside.graph().movesAfter(this::sweepWhenTheClaimIsStale);

    move(1);

    assertThat(publishedStatuses()).containsExactly("UNKNOWN", "MIGRATED");
    assertThat(counted()).isEmpty();
  }

  @Test
  void whatTheRunRecordsWhileTheSweepCountsTakesThatBackAsWell() {
    at(Instant.now().minus(Duration.ofHours(2)));
    leaveAClaimBehind(() -> move(1));
    outside.graph().tells(state("ON_PREMISE", "CONNECTED"));
    at(Instant.now().minus(Duration.ofHours(1)));
    outside.aws().listener(new RecordsAfterTheSweep());

    sweep.sweep(null);

    outside.aws().listener(CallListener.NONE);
    assertThat(publishedStatuses()).containsExactly("MIGRATED", "UNKNOWN");
    assertThat(counted()).isEmpty();
  }

  @Test
  void onlyHarmsWithinTheWindowCount() {
    at(NOON);
    wrongPins(1, 2);
    at(NOON.plus(Duration.ofMinutes(61)));
    wrongPins(3, 4);
    assertThat(brakeItem().getMap("$")).doesNotContainKey("engaged");

    wrongPins(5, 5);

    move(6).spec(braked());
    assertThat(outside.graph().registers()).hasSize(5);
  }

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
    command("release", "the list is right now");

    Map<String, AttributeValue> item = outside.ledger().brakeItem();

    assertThat(item).containsOnlyKeys("phoneNumberId", "format", "revision", "writer", "brake");
    assertThat(brakeItem().getString("released.by")).isEqualTo("Ada");
    assertThat(brakeItem().getString("released.reason")).isEqualTo("the list is right now");
    assertThat(brakeItem().getString("released.at")).endsWith("Z");
  }

  @Test
  void whatNobodyPublishedTheSweepPublishesOnce() {
    wrongPins(1, 2);
    outside.topic().fails();
    move(3).statusCode(500);
    assertThat(brakeItem().getBoolean("engaged.published")).isFalse();
    outside.aws().recovers();

    sweep.sweep(null);
    sweep.sweep(null);

    assertThat(outside.topic().taken())
        .extracting(it -> it.body().getString("status"))
        .containsExactly("REJECTED", "REJECTED", "BRAKED");
  }

  @Test
  void aResultIsOutBeforeTheBrakesMessageFails() {
    wrongPins(1, 2);
    outside.topic().fails("BRAKED");
    move(3).statusCode(200);
    assertThat(newest(3).getBoolean("published")).isTrue();
    assertThatThrownBy(() -> sweep.sweep(null)).hasMessageContaining("could not be settled");
    outside.aws().recovers();

    sweep.sweep(null);

    assertThat(lastPublished().getString("status")).isEqualTo("BRAKED");
    assertThat(lastPublished().getList("harms")).hasSize(3);
  }

  @Test
  void whatAPersonEngagedIsPublishedByTheSweepWhereTheTopicFailed() {
    outside.topic().fails();
    assertThat(command("engage", "the list looks wrong").engaged().published()).isFalse();
    outside.aws().recovers();
    move(1).spec(braked());

    sweep.sweep(null);

    assertThat(lastPublished().getString("status")).isEqualTo("BRAKED");
  }

  @Test
  void aHarmThatIsDeliveredTwiceCountsOnce() {
    outside.graph().refuses(400, 133005);
    outside.topic().fails();
    move(1);
    assertThat(counted()).hasSize(1);
    outside.aws().recovers();

    move(1);

    assertThat(lastPublished().getString("status")).isEqualTo("REJECTED");
    assertThat(counted()).hasSize(1);
  }

  @Test
  void aHarmThatCouldNotBeCountedIsPublishedAndCountedByTheNextDelivery() {
    outside.graph().refuses(400, 133005);
    outside.ledger().fails("PutItem", "#brake");
    move(1).statusCode(200);
    assertThat(publishedStatuses()).containsExactly("REJECTED");
    assertThat(newest(1).getBoolean("published")).isFalse();
    outside.aws().recovers();

    move(1);

    assertThat(counted()).hasSize(1);
    assertThat(newest(1).getBoolean("published")).isTrue();
    assertRegisteredOnce();
  }

  @Test
  void aHarmThatCouldNotBeRecordedIsCountedAllTheSame() {
    outside.graph().refuses(400, 133005);
    outside.ledger().fails("PutItem", "REJECTED");

    move(1).statusCode(500);

    assertThat(publishedStatuses()).containsExactly("REJECTED");
    assertThat(counted()).hasSize(1);
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
  @CsvSource({"format, 2, newer version", "brake, no JSON, cannot be read"})
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

  @Test
  void itsMessageThatComesBackAsAnEventIsPassedOver() {
    command("engage", "the list looks wrong");

    invoke(publishedText()).body("$", hasKey("passedOver"));

    assertThat(publishedStatuses()).containsExactly("BRAKED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"release\": \"why\"} | by is missing",
        "{\"engage\": \"why\", \"by\": \" \"} | by in the command is blank",
        "{\"release\": \"\", \"by\": \"Ada\"} | release in the command is blank",
        "{\"engage\": \"two\\nlines\", \"by\": \"Ada\"} | engage is too long or not in",
        "{\"by\": \"Ada\"} | by is given, but neither",
        "{\"release\": \"why\", \"engage\": \"why\", \"by\": \"Ada\"} | release is given, and",
        "{\"release\": true, \"by\": \"Ada\"} | release in the command is of a wrong type",
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

    assertThatThrownBy(() -> command("release", "the list is right now"))
        .asString()
        .startsWith("NotDone: dynamodb:PutItem on table")
        .endsWith(".");
  }

  private void engageByWrongPins() {
    wrongPins(1, 3);
    assertThat(brakeItem().getMap("$")).containsKey("engaged");
  }

  private void wrongPins(int from, int to) {
    outside.graph().refuses(400, 133005);
    for (int i = from; i <= to; i++) {
      move(i).body("status", equalTo("REJECTED"));
    }
  }

  private static ValidatableResponse move(int i) {
    return invoke(event(i).toString());
  }

  private BrakeAnswer command(String what, String reason) {
    return brake.brake(
        Payload.of(JSON.createObjectNode().put(what, reason).put("by", "Ada").toString()));
  }

  private static String event(int i, String field, Object value) {
    return event(i).set(field, JSON.valueToTree(value)).toString();
  }

  private static ObjectNode event(int i) {
    return sampleOf(number(i));
  }

  private static Map<String, String> retry(String after, String reason) {
    return Map.of("after", after, "reason", reason);
  }

  private static String number(int i) {
    return "10654035224292" + i;
  }

  private String attempt(int i) {
    return newest(i).getString("migrationId") + "/REJECTED";
  }

  private JsonPath newest(int i) {
    return outside.ledger().items().stream()
        .filter(it -> it.get("phoneNumberId").s().equals(number(i)))
        .map(it -> from(it.get("entry").s()).setRootPath("attempts[0]"))
        .findFirst()
        .orElseThrow();
  }

  /** The brake as the ledger has it. */
  private JsonPath brakeItem() {
    return outside.ledger().brake().orElseThrow();
  }

  private List<Object> counted() {
    return brakeItem().getList("harms");
  }

  private void at(Instant now) {
    outside.ledger().clock(Clock.fixed(now, ZoneOffset.UTC));
  }

  private void sweepWhenTheClaimIsStale() {
    at(Instant.now().minus(Duration.ofHours(1)));
    sweep.sweep(null);
  }

  /** The run itself records its result when the sweep has just recorded another. */
  private final class RecordsAfterTheSweep implements CallListener {

    @Override
    public boolean arrived(Call call) {
      return true;
    }

    @Override
    public void tookEffect(Call call) {
      if (call.name().equals("DynamoDB.PutItem (result)")) {
        Map<String, AttributeValue> item = new HashMap<>(outside.ledger().items().get(0));
        String entry = item.get("entry").s();
        assertThat(entry).contains("\"status\":\"UNKNOWN\"");
        item.put("entry", AttributeValue.fromS(entry.replace("UNKNOWN", "MIGRATED")));
        item.put("revision", AttributeValue.fromN("9"));
        outside.ledger().put(item);
      }
    }
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

  private static ResponseSpecification braked() {
    return withheld("BRAKE").body("$", not(hasKey("retry")));
  }
}
