package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.event.Payload;
import dev.numberferry.standin.CallListener;
import dev.numberferry.standin.Sample;
import dev.numberferry.standin.TopicStandIn.Message;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A release lifts the engagement that it names, and no other. */
@QuarkusTest
class BrakeReleaseTest extends FunctionTestBase {

  private static final String OTHER = "00000000-0000-4000-8000-000000000000";

  @Inject BrakeFunction brake;
  @Inject SweepFunction sweep;
  @Inject ApiFunction api;

  @BeforeEach
  void anyNumberWillDo() {
    outside.resetToAnyNumber();
  }

  @AfterEach
  void stopListening() {
    outside.aws().listener(CallListener.NONE);
  }

  @Test
  void aReleaseThatNamesNothingIsRefusedWithWhatIsEngaged() {
    wrongPins(1, 3);

    assertThatThrownBy(() -> release(null))
        .asString()
        .startsWith("Invalid: brakeId is missing")
        .contains("3 numbers", heard().get(0))
        .endsWith(".");

    assertThat(move(4)).isEqualTo("WITHHELD BRAKE");
    assertThat(outside.graph().registers()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {OTHER, "all", "$ID "})
  void aReleaseThatNamesSomethingElseIsRefusedWithWhatIsEngaged(String other) {
    engage();
    String id = heard().get(0);

    assertThatThrownBy(() -> release(other.replace("$ID", id)))
        .asString()
        .startsWith("Invalid: brakeId is of nothing that is engaged")
        .contains("Ada", id)
        .endsWith(".");

    assertThat(move(1)).isEqualTo("WITHHELD BRAKE");
    assertNothingSent();
  }

  @ParameterizedTest
  @CsvSource({",", OTHER})
  void whereNothingIsEngagedAReleaseWipesNoCount(String brakeId) {
    wrongPins(1, 2);

    release(brakeId);

    assertThat(state().getString("state")).isEqualTo("RELEASED");
    assertThat(state().getMap("$")).doesNotContainKey("released");
    assertThat(state().getList("harms")).hasSize(2);
    wrongPins(3, 3);
    assertThat(move(4)).isEqualTo("WITHHELD BRAKE");
    assertThat(outside.graph().registers()).hasSize(3);
  }

  @Test
  void aReleaseThatComesAgainLiftsNothingThatWasEngagedSince() {
    engage();
    String first = heard().get(0);
    release(first);
    Instant released = Instant.parse(state().getString("released.at"));
    outside.ledger().clock(Clock.fixed(released.plusSeconds(60), ZoneOffset.UTC));

    release(first);
    assertThat(state().getString("released.at")).isEqualTo(released.toString());
    engage();
    release(first);

    assertThat(state().getString("state")).isEqualTo("ENGAGED");
    assertThat(state().getString("engaged.brakeId")).isEqualTo(heard().get(1));
    assertThat(move(1)).isEqualTo("WITHHELD BRAKE");
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0"})
  void whatAPersonEngagesBesideHarmIsReleasedByItself(int first, int second) {
    wrongPins(1, 3);
    engage();
    List<String> ids = heard();
    assertThat(ids).hasSize(2).doesNotHaveDuplicates();
    outside.graph().reset();

    release(ids.get(first));
    assertThat(state().getString("state")).isEqualTo("ENGAGED");
    assertThat(state().getString("engaged.brakeId")).isEqualTo(ids.get(second));
    assertThat(move(4)).isEqualTo("WITHHELD BRAKE");
    release(ids.get(second));

    assertThat(move(4)).isEqualTo("MIGRATED");
    assertRegisteredOnce();
  }

  @Test
  void harmThatIsOneTooManyIsKeptBesideWhatAPersonHasEngaged() {
    wrongPins(1, 2);
    outside.graph().listener(atRegister(this::engage));
    wrongPins(3, 3);
    outside.graph().listener(CallListener.NONE);
    assertThat(heard()).hasSize(2).doesNotHaveDuplicates();

    release(heard().get(0));

    assertThat(state().getList("engaged.harms")).hasSize(3);
    assertThat(state().getString("engaged.brakeId")).isEqualTo(heard().get(1));
    assertThat(move(4)).isEqualTo("WITHHELD BRAKE");
    assertThat(outside.graph().registers()).hasSize(3);
  }

  @Test
  void aReleaseOfWhatAPersonEngagedTakesNothingFromTheCount() {
    wrongPins(1, 2);
    engage();
    release(heard().get(0));

    wrongPins(3, 3);

    assertThat(move(4)).isEqualTo("WITHHELD BRAKE");
    assertThat(outside.graph().registers()).hasSize(3);
  }

  @Test
  void aSecondPersonChangesNothing() {
    wrongPins(1, 3);
    engage();

    engage();

    assertThat(heard()).hasSize(2);
    assertThat(state().getList("alsoEngaged")).hasSize(1);
  }

  @Test
  void everyWordOnAReleaseTellsWhatToRelease() {
    wrongPins(1, 3);
    engage();
    move(4);

    for (int i = 0; i < 2; i++) {
      String id = heard().get(i);
      assertThat(braked().get(i).getString("nextStep"))
          .contains("\"brakeId\": \"" + id + "\"")
          .endsWith(".");
      assertThat(lastPublished().getString("nextStep")).contains(id);
      assertThat(lastPublished().getString("error.message")).contains(id);
      assertThat(answer("{}").toString()).contains(id);
      assertThat(state().prettify()).contains(id);
    }
  }

  @Test
  void theSweepPublishesEachThatNobodyPublished() {
    wrongPins(1, 2);
    outside.topic().fails("BRAKED");
    wrongPins(3, 3);
    engage();
    assertThat(outside.topic().taken()).hasSize(3);
    outside.aws().recovers();

    sweep.sweep(null);
    sweep.sweep(null);

    assertThat(outside.topic().taken().subList(3, 5))
        .extracting(it -> it.body().getString("brakeId"))
        .containsExactly(
            state().getString("engaged.brakeId"), state().getString("alsoEngaged[0].brakeId"));
    assertThat(outside.topic().taken()).hasSize(5);
  }

  @Test
  void onlyTwoAtOnceAreOfANewerFormat() {
    wrongPins(1, 3);
    assertThat(format()).isEqualTo("1");

    engage();
    assertThat(format()).isEqualTo("2");
    release(heard().get(0));
    assertThat(format()).isEqualTo("1");
    release(heard().get(1));

    assertThat(format()).isEqualTo("1");
  }

  @Test
  void anEngageWhoseAnswerWasLostIsNotMadeAgainAfterItsRelease() {
    onceTheFirstWriteIsLost(
        item -> {
          ObjectNode released = (ObjectNode) item.remove("engaged");
          released.remove(List.of("harms", "published"));
          return item.set("released", released);
        });

    engage();

    assertThat(state().getString("state")).isEqualTo("RELEASED");
    assertThat(heard()).isEmpty();
  }

  @Test
  void aReleaseWhoseAnswerWasLostDoesNotLiftWhatCameAfterIt() {
    engage();
    String id = heard().get(0);
    JsonNode engaged = parse(outside.ledger().brakeItem().get("brake").s()).get("engaged");
    onceTheFirstWriteIsLost(
        item -> item.set("engaged", ((ObjectNode) engaged).put("brakeId", OTHER)));

    release(id);

    assertThat(state().getString("state")).isEqualTo("ENGAGED");
    assertThat(state().getString("engaged.brakeId")).isEqualTo(OTHER);
  }

  /** Left are the numbers that harm has to be done to until it engages. */
  @ParameterizedTest
  @CsvSource({
    "counting, RELEASED, 1",
    "released, RELEASED, 3",
    "engaged-by-harm, ENGAGED, 3",
    "engaged-by-person, ENGAGED, 3",
    "engaged-by-person-during-harm, ENGAGED, 1"
  })
  void whatEarlierVersionsWroteIsReadAndGoesOn(String file, String state, int left) {
    outside.ledger().clock(Clock.fixed(Instant.parse("2026-11-26T12:15:00Z"), ZoneOffset.UTC));
    engage();
    writeOver(it -> (ObjectNode) parse(earlier(file)));

    assertThat(state().getString("state")).isEqualTo(state);
    if (state.equals("ENGAGED")) {
      assertThat(move(4)).isEqualTo("WITHHELD BRAKE");
      release(state().getString("engaged.brakeId"));
    }
    wrongPins(4, 2 + left);
    assertThat(state().getString("state")).isEqualTo("RELEASED");
    wrongPins(3 + left, 3 + left);
    assertThat(move(9)).isEqualTo("WITHHELD BRAKE");
    assertThat(outside.graph().registers()).hasSize(left);
  }

  private void wrongPins(int from, int to) {
    outside.graph().refuses(400, 133005);
    for (int i = from; i <= to; i++) {
      assertThat(move(i)).isEqualTo("REJECTED");
    }
  }

  /** Status and, where the call was held back, reason. */
  private static String move(int i) {
    JsonPath result =
        invoke(Sample.event("direct.json").replace(Sample.NUMBER, number(i))).extract().jsonPath();
    String reason = result.getString("reason");
    return result.getString("status") + (reason == null ? "" : " " + reason);
  }

  private static String number(int i) {
    return "10654035224292" + i;
  }

  private void engage() {
    answer("{\"engage\": \"the list looks wrong\", \"by\": \"Ada\"}");
  }

  private void release(String brakeId) {
    ObjectNode command = JSON.createObjectNode().put("release", "it is right now").put("by", "Bob");
    answer((brakeId == null ? command : command.put("brakeId", brakeId)).toString());
  }

  private BrakeAnswer answer(String command) {
    return brake.brake(Payload.of(command));
  }

  /** As {@code GET /brake} tells it. */
  private JsonPath state() {
    ObjectNode event = sample("api-get.json");
    event.put("rawPath", "/brake").remove("pathParameters");
    return response(api.api(Payload.of(event.toString()))).extract().jsonPath();
  }

  private String format() {
    return outside.ledger().brakeItem().get("format").n();
  }

  private List<JsonPath> braked() {
    return outside.topic().messages().stream()
        .map(Message::body)
        .filter(it -> it.getString("status").equals("BRAKED"))
        .toList();
  }

  /** The engagements that the topic heard of. */
  private List<String> heard() {
    return braked().stream().map(it -> it.getString("brakeId")).toList();
  }

  /** The first write of the brake is answered too late, and somebody else writes after it. */
  private void onceTheFirstWriteIsLost(UnaryOperator<ObjectNode> after) {
    CountDownLatch writes = new CountDownLatch(2);
    outside
        .aws()
        .listener(
            new CallListener() {
              @Override
              public boolean arrived(Call call) {
                if (call.name().equals("DynamoDB.PutItem (brake)")) {
                  writes.countDown();
                }
                return true;
              }

              @Override
              public void tookEffect(Call call) {
                if (call.name().equals("DynamoDB.PutItem (brake)") && writes.getCount() == 1) {
                  writeOver(after);
                  await(writes);
                }
              }
            });
  }

  /** Somebody else writes the brake. */
  private void writeOver(UnaryOperator<ObjectNode> change) {
    Map<String, AttributeValue> item = new HashMap<>(outside.ledger().brakeItem());
    ObjectNode next = change.apply((ObjectNode) parse(item.get("brake").s()));
    item.put("brake", AttributeValue.fromS(next.toString()));
    item.put("revision", AttributeValue.fromN("77"));
    item.put("writer", AttributeValue.fromS("somebody else"));
    outside.ledger().put(item);
  }

  /** A brake as the version of 26 November wrote it. */
  private static String earlier(String name) {
    try {
      return Files.readString(
          Path.of("src", "test", "resources", "entries-2026-11-26", "brake-" + name + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CallListener atRegister(Runnable step) {
    return new CallListener() {
      @Override
      public boolean arrived(Call call) {
        if (call.name().equals("POST register")) {
          step.run();
        }
        return true;
      }

      @Override
      public void tookEffect(Call call) {}
    };
  }
}
