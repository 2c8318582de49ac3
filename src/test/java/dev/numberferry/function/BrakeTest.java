package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.numberferry.standin.GraphStandIn.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.event.Payload;
import dev.numberferry.standin.CallListener;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
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

    JsonNode fourth = move(4).json();

    assertBraked(fourth);
    assertThat(fourth.path("nextStep").asText()).contains("release the brake").endsWith(".");
    assertThat(outside.graph().registers()).hasSize(3);
    assertThat(publishedStatuses())
        .containsExactly("REJECTED", "REJECTED", "REJECTED", "BRAKED", "WITHHELD");
    outside.graph().reset();
    assertThat(command("release", "the list is right now").state()).isEqualTo("RELEASED");
    assertThat(move(4).json().path("status").asText()).isEqualTo("MIGRATED");
    assertRegisteredOnce();
  }

  @Test
  void itsMessageNamesTheHarmsAndWhatToDo() {
    engageByWrongPins();

    var message = outside.topic().messages().get(3);

    assertThat(message.attributes()).isEqualTo(Map.of("status", "BRAKED"));
    JsonNode body = message.body();
    assertThat(body.path("schemaVersion").asInt()).isOne();
    assertThat(body.path("brakeId").asText()).hasSize(36);
    assertThat(body.path("engagedAt").asText()).endsWith("Z");
    assertThat(body.path("nextStep").asText()).contains("release").endsWith(".");
    assertThat(body.path("harms").findValuesAsText("phoneNumberId"))
        .containsExactly(number(1), number(2), number(3));
    assertThat(body.path("harms").findValuesAsText("harm")).containsOnly("LINE_DOWN");
    for (int i = 0; i < 3; i++) {
      JsonNode result = outside.topic().messages().get(i).body();
      assertThat(result.path("harm").asText()).isEqualTo("LINE_DOWN");
      assertThat(body.at("/harms/" + i + "/migrationId")).isEqualTo(result.path("migrationId"));
    }
  }

  @Test
  void aRetryDoesNotLiftIt() {
    engageByWrongPins();

    assertBraked(invoke(event(1, "retry", retry(attempt(1), "I know better"))).json());
    assertBraked(invoke(event(4, "retry", retry("none", "I know better"))).json());
    assertThat(outside.graph().registers()).hasSize(3);
  }

  @Test
  void nobodyIsAskedWhereANumberIsWhileItIsEngaged() {
    command("engage", "the list looks wrong");

    assertBraked(move(1).json());

    assertThat(outside.graph().looks()).isEmpty();
    assertNothingSent();
  }

  @Test
  void aReplayKeepsItsHarmAndIsAnsweredWhileItIsEngaged() {
    engageByWrongPins();

    JsonNode again = move(2).json();

    assertThat(again.path("status").asText()).isEqualTo("REJECTED");
    assertThat(again.path("replayed").asBoolean()).isTrue();
    assertThat(again.path("harm").asText()).isEqualTo("LINE_DOWN");
  }

  @Test
  void whatWasNotPublishedIsPublishedWhileItIsEngaged() {
    outside.topic().fails();
    move(1);
    outside.aws().recovers();
    command("engage", "the list looks wrong");

    move(1);

    assertThat(lastPublished().path("status").asText()).isEqualTo("MIGRATED");
  }

  @Test
  void aNumberThatHasMovedIsNotHeldBack() {
    move(1);
    command("engage", "the list looks wrong");

    assertThat(invoke(event(1, "retry", retry("none", "because"))).json().path("status").asText())
        .isEqualTo("ALREADY_MIGRATED");
  }

  @Test
  void theNumbersAndTheBrakeCanBeAskedForWhileItIsEngaged() {
    engageByWrongPins();

    assertThat(get("/migrations/" + number(1)).statusCode()).isEqualTo(200);
    for (String path : new String[] {"/brake", "/prod/brake", "/ferry/brake"}) {
      HttpResponse.Wire answer = get(path);
      assertThat(answer.statusCode()).isEqualTo(200);
      JsonNode told = parse(answer.body());
      assertThat(told.path("state").asText()).isEqualTo("ENGAGED");
      assertThat(told.path("harms")).hasSize(3);
      assertThat(told.at("/engaged/published").asBoolean()).isTrue();
    }
  }

  @Test
  void theApiOnlyTellsTheBrakesState() {
    HttpResponse.Wire answer = request("POST", "/brake");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers()).containsEntry("allow", "GET");
    assertThat(parse(get("/brake").body()).path("state").asText()).isEqualTo("RELEASED");
  }

  @Test
  void aDryRunFindsItBesideWhatElseIsInTheWay() {
    command("engage", "the list looks wrong");
    outside.graph().tells(state("ON_PREMISE", "BANNED"));

    JsonNode result = invoke(event(1, "dryRun", true)).json();

    assertThat(result.path("status").asText()).isEqualTo("NOT_READY");
    assertThat(result.path("findings").findValuesAsText("field")).containsExactly("STATE", "BRAKE");
  }

  @Test
  void unknownEffectsEngageItToo() {
    outside.graph().answers(aResponse().withStatus(502));
    for (int i = 1; i <= 3; i++) {
      assertThat(move(i).json().path("harm").asText()).isEqualTo("UNCLEAR");
    }

    assertBraked(move(4).json());
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
    assertThat(lastPublished().path("status").asText()).isEqualTo("MIGRATED");
    assertThat(lastPublished().has("harm")).isFalse();
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
    assertThat(outside.ledger().brake().orElseThrow().has("engaged")).isFalse();

    wrongPins(5, 5);

    assertBraked(move(6).json());
    assertThat(outside.graph().registers()).hasSize(5);
  }

  @Test
  void aPersonEngagesItAndEverybodyHears() {
    BrakeAnswer answer = command("engage", "the list looks wrong");

    assertThat(answer.state()).isEqualTo("ENGAGED");
    assertThat(answer.engaged().published()).isTrue();
    assertThat(published().path("by").asText()).isEqualTo("Ada");
    assertThat(published().path("reason").asText()).isEqualTo("the list looks wrong");
    assertThat(published().path("harms")).isEmpty();
    JsonNode held = move(1).json();
    assertBraked(held);
    assertThat(held.at("/error/message").asText()).contains("Ada", "the list looks wrong");
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
    JsonNode released = parse(item.get("brake").s()).path("released");
    assertThat(released.path("by").asText()).isEqualTo("Ada");
    assertThat(released.path("reason").asText()).isEqualTo("the list is right now");
    assertThat(released.path("at").asText()).endsWith("Z");
  }

  @Test
  void whatNobodyPublishedTheSweepPublishesOnce() {
    wrongPins(1, 2);
    outside.topic().fails();
    assertThat(move(3).status()).isEqualTo(500);
    assertThat(outside.ledger().brake().orElseThrow().at("/engaged/published").asBoolean())
        .isFalse();
    outside.aws().recovers();

    sweep.sweep(null);
    sweep.sweep(null);

    assertThat(outside.topic().taken())
        .extracting(it -> it.body().path("status").asText())
        .containsExactly("REJECTED", "REJECTED", "BRAKED");
  }

  @Test
  void aResultIsOutBeforeTheBrakesMessageFails() {
    wrongPins(1, 2);
    outside.topic().fails("BRAKED");
    assertThat(move(3).status()).isEqualTo(200);
    assertThat(newest(3).path("published").asBoolean()).isTrue();
    assertThatThrownBy(() -> sweep.sweep(null)).hasMessageContaining("could not be settled");
    outside.aws().recovers();

    sweep.sweep(null);

    assertThat(lastPublished().path("status").asText()).isEqualTo("BRAKED");
    assertThat(lastPublished().path("harms")).hasSize(3);
  }

  @Test
  void whatAPersonEngagedIsPublishedByTheSweepWhereTheTopicFailed() {
    outside.topic().fails();
    assertThat(command("engage", "the list looks wrong").engaged().published()).isFalse();
    outside.aws().recovers();
    assertBraked(move(1).json());

    sweep.sweep(null);

    assertThat(lastPublished().path("status").asText()).isEqualTo("BRAKED");
  }

  @Test
  void aHarmThatIsDeliveredTwiceCountsOnce() {
    outside.graph().refuses(400, 133005);
    outside.topic().fails();
    move(1);
    assertThat(counted()).hasSize(1);
    outside.aws().recovers();

    move(1);

    assertThat(lastPublished().path("status").asText()).isEqualTo("REJECTED");
    assertThat(counted()).hasSize(1);
  }

  @Test
  void aHarmThatCouldNotBeCountedIsPublishedAndCountedByTheNextDelivery() {
    outside.graph().refuses(400, 133005);
    outside.ledger().fails("PutItem", "#brake");
    assertThat(move(1).status()).isEqualTo(200);
    assertThat(publishedStatuses()).containsExactly("REJECTED");
    assertThat(newest(1).path("published").asBoolean()).isFalse();
    outside.aws().recovers();

    move(1);

    assertThat(counted()).hasSize(1);
    assertThat(newest(1).path("published").asBoolean()).isTrue();
    assertRegisteredOnce();
  }

  @Test
  void aHarmThatCouldNotBeRecordedIsCountedAllTheSame() {
    outside.graph().refuses(400, 133005);
    outside.ledger().fails("PutItem", "REJECTED");

    assertThat(move(1).status()).isEqualTo(500);

    assertThat(publishedStatuses()).containsExactly("REJECTED");
    assertThat(counted()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"1, MIGRATED", "3, MIGRATED", "4, NOT_SENT"})
  void keysThatTheTableLeftUnreadAreReadAgain(int times, String status) {
    outside.ledger().leavesUnread(times);

    JsonNode told = parse(invokeAndHear(1));

    assertThat(told.path("status").asText()).isEqualTo(status);
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

    assertThat(move(1).status()).isEqualTo(500);

    assertThat(lastPublished().path("status").asText()).isEqualTo("NOT_SENT");
    assertThat(lastPublished().at("/error/message").asText()).contains("the brake", problem);
    assertNothingSent();
  }

  @Test
  void itsMessageThatComesBackAsAnEventIsPassedOver() {
    command("engage", "the list looks wrong");

    Answer answer = invoke(published().toString());

    assertThat(answer.body()).contains("passedOver");
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
    assertThat(outside.ledger().brake().orElseThrow().has("engaged")).isTrue();
  }

  private void wrongPins(int from, int to) {
    outside.graph().refuses(400, 133005);
    for (int i = from; i <= to; i++) {
      assertThat(move(i).json().path("status").asText()).isEqualTo("REJECTED");
    }
  }

  private static Answer move(int i) {
    return invoke(event(i).toString());
  }

  /** What the topic heard of a number, whether the invocation failed or not. */
  private String invokeAndHear(int i) {
    move(i);
    return published().toString();
  }

  private BrakeAnswer command(String what, String reason) {
    return brake.brake(
        Payload.of(JSON.createObjectNode().put(what, reason).put("by", "Ada").toString()));
  }

  private static String event(int i, String field, Object value) {
    return event(i).set(field, JSON.valueToTree(value)).toString();
  }

  private static ObjectNode event(int i) {
    ObjectNode event = (ObjectNode) parse(Sample.event("direct.json"));
    return event.put("phoneNumberId", number(i));
  }

  private static Map<String, String> retry(String after, String reason) {
    return Map.of("after", after, "reason", reason);
  }

  private static String number(int i) {
    return "10654035224292" + i;
  }

  private String attempt(int i) {
    return newest(i).path("migrationId").asText() + "/REJECTED";
  }

  private JsonNode newest(int i) {
    return outside.ledger().items().stream()
        .filter(it -> it.get("phoneNumberId").s().equals(number(i)))
        .map(it -> parse(it.get("entry").s()).at("/attempts/0"))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode counted() {
    return outside.ledger().brake().orElseThrow().path("harms");
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

  private HttpResponse.Wire get(String path) {
    return request("GET", path);
  }

  private HttpResponse.Wire request(String method, String path) {
    ObjectNode event = (ObjectNode) parse(Sample.event("api-get.json"));
    event.put("rawPath", path).remove("pathParameters");
    ((ObjectNode) event.at("/requestContext/http")).put("method", method).put("path", path);
    return api.api(Payload.of(event.toString()));
  }

  private static void assertBraked(JsonNode result) {
    assertThat(result.path("status").asText()).isEqualTo("WITHHELD");
    assertThat(result.path("reason").asText()).isEqualTo("BRAKE");
    assertThat(result.has("retry")).isFalse();
  }
}
