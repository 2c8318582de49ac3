package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.hasKey;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Everybody hears that the brake is engaged, whatever fails meanwhile. */
@QuarkusTest
class BrakeMessageTest extends BrakeTestBase {

  @Test
  void itsMessageNamesTheHarmsAndWhatToDo() {
    engageByWrongPins();

    var message = outside.topic().messages().get(3);

    assertThat(message.attributes()).isEqualTo(Map.of("status", "BRAKED", "urgency", "now"));
    JsonPath body = message.body();
    assertThat(body.getInt("schemaVersion")).isOne();
    assertThat(body.getString("brakeId")).hasSize(36);
    assertThat(body.getString("engagedAt")).endsWith("Z");
    assertThat(body.getString("nextStep"))
        .contains("release", "the stack's output BrakeFunctionName")
        .endsWith(".");
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
    assertThatThrownBy(() -> sweep.sweep(null))
        .hasMessageStartingWith("the brake could not be settled");
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
  void itsMessageThatComesBackAsAnEventIsPassedOver() {
    command("engage", "the list looks wrong");

    invoke(publishedText()).body("$", hasKey("passedOver"));

    assertThat(publishedStatuses()).containsExactly("BRAKED");
  }
}
