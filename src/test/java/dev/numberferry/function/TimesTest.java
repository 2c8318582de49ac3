package dev.numberferry.function;

import static io.restassured.path.json.JsonPath.from;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.event.Payload;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every time that is told has milliseconds and nothing finer, in fields as in sentences. */
@QuarkusTest
class TimesTest extends FunctionTestBase {

  private static final Pattern TIME = Pattern.compile("T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z");
  private static final String MILLISECONDS = "[^.]+(\\.\\d{3})?Z";

  @Inject BrakeFunction brake;
  @Inject ApiFunction api;
  @Inject ObjectMapper mapper;

  /** Answers, messages and mails. */
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void anyNumberWillDo() {
    outside.resetToAnyNumber();
  }

  @AfterEach
  void assertMilliseconds() {
    outside.topic().messages().forEach(it -> told.add(it.text() + it.mail()));
    assertThat(told)
        .flatExtracting(it -> TIME.matcher(it).results().map(MatchResult::group).toList())
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it).asString().matches(MILLISECONDS));
  }

  @Test
  void ofTheBrakeWhileItIsEngagedAndAfterItsRelease() {
    outside.graph().refuses(400, 133005);
    List.of(1, 2, 3).forEach(this::move);
    command("engage", null);
    assertThat(move(4).getString("reason")).isEqualTo("BRAKE");
    JsonPath engaged = get("/brake");
    command("release", engaged.getString("engaged.brakeId"));
    command("release", engaged.getString("alsoEngaged[0].brakeId"));

    assertThat(get("/brake").getString("released.at")).isNotNull();
    assertThat(engaged.getString("harms[0].at")).isNotNull();
    assertThat(publishedStatuses()).filteredOn("BRAKED"::equals).hasSize(2);
  }

  @Test
  void ofAnAttemptThatEnded() {
    outside.graph().refuses(400, 133016);
    move(1);

    assertThat(move(1).getString("retryAfter")).isNotNull();
    assertThat(get("/migrations/" + number(1)).getString("attempts[0].endedAt")).isNotNull();
  }

  @Test
  void ofACallThatIsWaitedFor() {
    leaveAClaimBehind(() -> move(1));

    assertThat(move(1).getString("until")).isNotNull();
    assertThat(get("/migrations/" + number(1)).getString("attempts[0].claimedAt")).isNotNull();
  }

  private JsonPath move(int i) {
    String event = Sample.event("direct.json").replace(Sample.NUMBER, number(i));
    return keep(invoke(event).extract().asString());
  }

  private void command(String what, String brakeId) {
    ObjectNode command = JSON.createObjectNode().put(what, "it looks so").put("by", "Ada");
    if (brakeId != null) {
      command.put("brakeId", brakeId);
    }
    try {
      BrakeAnswer answer = brake.brake(Payload.of(command.toString()));
      keep(mapper.writeValueAsString(answer));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonPath get(String path) {
    ObjectNode event = sample("api-get.json").put("rawPath", path);
    event.remove("pathParameters");
    return keep(response(api.api(Payload.of(event.toString()))).extract().asString());
  }

  private JsonPath keep(String answer) {
    told.add(answer);
    return from(answer);
  }

  private static String number(int i) {
    return "10654035224292" + i;
  }
}
