package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.event.Payload;
import dev.numberferry.migration.Sweep.SweepFailedException;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An engagement that nobody heard of is kept until somebody does, also where it was released. */
@QuarkusTest
class BrakeUnheardTest extends BrakeTestBase {

  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  @Inject ApiFunction api;

  @Test
  void whatAPersonEngagedAndReleasedUnheardIsHeardFromTheSweepOnce() {
    outside.topic().fails();
    command("engage", "the list looks wrong");
    String id = brakeItem().getString("engaged.brakeId");
    release();
    outside.aws().recovers();

    sweep.sweep(null);
    sweep.sweep(null);

    assertThat(heard()).containsExactly(id);
    assertThat(last().getString("by")).isEqualTo("Ada");
    assertThat(brakeItem().getMap("$")).doesNotContainKey("unheard");
    move(1).body("status", equalTo("MIGRATED"));
  }

  @Test
  void whatHarmEngagedAndSomebodyReleasedUnheardIsHeard() {
    wrongPins(1, 2);
    outside.topic().fails("BRAKED");
    wrongPins(3, 3);
    String id = brakeItem().getString("engaged.brakeId");
    release();
    outside.aws().recovers();

    sweep.sweep(null);

    assertThat(heard()).containsExactly(id);
    assertThat(last().getList("harms")).hasSize(3);
  }

  /** Who would follow its next step otherwise would release what somebody engaged since. */
  @Test
  void whatComesAfterItsReleaseSaysSo() {
    outside.topic().fails();
    command("engage", "the list looks wrong");
    release();
    outside.aws().recovers();

    sweep.sweep(null);

    assertThat(last().getString("released.by")).isEqualTo("Ada");
    assertThat(last().getString("released.reason")).isEqualTo("the list is right now");
    assertThat(last().getString("released.at")).endsWith("Z");
    assertThat(last().getString("nextStep")).doesNotContain("{").endsWith(".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"release", "state", "get"})
  void whoeverLooksNextPublishesIt(String look) {
    outside.topic().fails();
    command("engage", "the list looks wrong");
    String id = brakeItem().getString("engaged.brakeId");
    if (!look.equals("release")) {
      release();
    }
    outside.aws().recovers();

    look(look, id);
    sweep.sweep(null);

    assertThat(heard()).containsExactly(id);
    assertThat(brakeItem().getMap("$")).doesNotContainKeys("engaged", "unheard");
  }

  private void look(String look, String id) {
    if (look.equals("release")) {
      brake.brake(
          Payload.of("{\"release\": \"why\", \"by\": \"Bob\", \"brakeId\": \"%s\"}".formatted(id)));
    } else if (look.equals("get")) {
      ObjectNode event = sample("api-get.json");
      event.put("rawPath", "/brake").remove("pathParameters");
      response(api.api(Payload.of(event.toString()))).body("state", equalTo("RELEASED"));
    } else {
      assertThat(brake.brake(Payload.of("{}")).state()).isEqualTo("RELEASED");
    }
  }

  @Test
  void theyAreHeardInTheirOrderAndEachAtLeastOnce() {
    List<String> ids = threeUnheard();
    outside.aws().recovers();

    sweep.sweep(null);
    sweep.sweep(null);

    assertThat(heard()).containsExactlyElementsOf(ids);
    assertThat(brakeItem().getBoolean("engaged.published")).isTrue();
  }

  @Test
  void noneIsHeardBeforeAnOlderOne() {
    List<String> ids = threeUnheard();
    outside.aws().recovers();
    outside.topic().fails(ids.get(1));

    assertThatThrownBy(() -> sweep.sweep(null)).isInstanceOf(SweepFailedException.class);
    assertThat(heard()).containsExactly(ids.get(0));
    outside.aws().recovers();
    sweep.sweep(null);

    assertThat(heard()).containsExactlyElementsOf(ids);
  }

  @Test
  void theRunThatEngagesItPublishesTheOlderOnesBefore() {
    outside.topic().fails();
    command("engage", "the list looks wrong");
    String first = brakeItem().getString("engaged.brakeId");
    release();
    outside.aws().recovers();

    wrongPins(1, 3);

    assertThat(heard()).containsExactly(first, brakeItem().getString("engaged.brakeId"));
  }

  @Test
  void noCallDependsOnItSoThatEarlierVersionsGoOn() {
    outside.topic().fails();
    command("engage", "the list looks wrong");
    release();

    assertThat(brakeItem().getList("unheard")).hasSize(1);
    assertThat(outside.ledger().brakeItem().get("format").n()).isEqualTo("1");
  }

  /** Two that were released, and one that is engaged; the topic has heard of none. */
  private List<String> threeUnheard() {
    outside.topic().fails();
    at(NOON);
    command("engage", "the first");
    String first = brakeItem().getString("engaged.brakeId");
    release();
    at(NOON.plusSeconds(60));
    command("engage", "the second");
    String second = brakeItem().getString("engaged.brakeId");
    release();
    at(NOON.plusSeconds(120));
    command("engage", "the third");
    return List.of(first, second, brakeItem().getString("engaged.brakeId"));
  }

  private JsonPath last() {
    return outside.topic().taken().get(outside.topic().taken().size() - 1).body();
  }

  /** The engagements that the topic took, oldest first. */
  private List<String> heard() {
    return outside.topic().taken().stream()
        .map(it -> it.body().getString("brakeId"))
        .filter(it -> it != null)
        .toList();
  }
}
