package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.event.EnvelopeTest;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is small as a text may be large in memory: it is refused before it is built there. */
@QuarkusTest
class LargeEventTest extends FunctionTestBase {

  /** Objects of 1.35 MB, of which each would take some hundred bytes of memory. */
  private static final String OBJECTS = "[" + "{\"a\":1},".repeat(168_000) + "{}]";

  /** As much of them as a queue takes: 1 MiB. */
  private static final String OBJECTS_OF_A_MESSAGE = "[" + "{\"a\":1},".repeat(130_000) + "{}]";

  private static final String TOO_LARGE =
      "the event has more than 100000 names, values and brackets";

  @Test
  void anEventOfTooManySmallObjectsIsInvalidAndNamesItsNumber() {
    for (String event :
        List.of(sampleBefore("\"note\":" + OBJECTS), sampleBehind("\"note\":" + OBJECTS))) {
      outside.reset();
      assertInvalid(answered(invoke(event)), TOO_LARGE)
          .body("phoneNumberId", equalTo(Sample.NUMBER));
    }
  }

  @Test
  void anEventOfTooManySmallObjectsThatNamesTwoNumbersNamesNone() {
    String other = ", \"phoneNumberId\": \"%s\"".formatted(OTHER_NUMBER);

    assertInvalid(answered(invoke(sampleBefore("\"note\":" + OBJECTS + other))), TOO_LARGE)
        .body("$", not(hasKey("phoneNumberId")));
  }

  @Test
  void aMessageOfTooManySmallObjectsIsInvalidAndDoesNotComeBack() {
    ObjectNode batch = sample("sqs-migrations.json");
    ObjectNode message = (ObjectNode) batch.at("/Records/0");

    for (String body :
        List.of(
            sampleBefore("\"note\":" + OBJECTS_OF_A_MESSAGE),
            EnvelopeTest.snsMessage(sampleBefore("\"note\":" + OBJECTS_OF_A_MESSAGE)))) {
      outside.reset();
      invoke(batch.set("Records", JSON.createArrayNode().add(message.put("body", body))).toString())
          .body("$", equalTo(Map.of("batchItemFailures", List.of())));
      assertThat(published().getString("status")).isEqualTo("INVALID");
      assertThat(published().getString("error.message")).isEqualTo(TOO_LARGE);
      assertThat(published().getString("phoneNumberId")).isEqualTo(Sample.NUMBER);
    }
    assertNothingSent();
  }

  /** Each of them by itself would be small enough. */
  @Test
  void allThatIsWrappedInOneEventCountsTogether() {
    String notification = EnvelopeTest.snsEvent("[" + "[],".repeat(40_000) + "0]");
    ObjectNode event = (ObjectNode) parse(notification);
    var records = event.withArray("Records");
    records.add(records.get(0)).add(records.get(0)).add(parse(notification).at("/Records/0"));

    invoke(event.toString());

    assertThat(outside.topic().messages())
        .extracting(it -> it.body().getString("error.message"))
        .containsExactly(
            "the event is not a JSON object",
            "the event is not a JSON object",
            "the event has, with what is beside it, more than 100000 names, values and brackets",
            "the event has, with what is beside it, more than 100000 names, values and brackets");
    assertNothingSent();
  }

  @ParameterizedTest
  @CsvSource({
    "100, is nested more than 100 levels deep",
    "2000, is nested more than 100 levels deep"
  })
  void anEventThatIsNestedTooDeepIsInvalidAndNamesItsNumber(int depth, String problem) {
    String deep = "\"note\":" + "[".repeat(depth) + "]".repeat(depth);

    assertInvalid(answered(invoke(sampleBehind(deep))), "the event " + problem)
        .body("phoneNumberId", equalTo(Sample.NUMBER));
  }

  @Test
  void aNumberOfTooManyDigitsIsInvalid() {
    assertInvalid(
        answered(invoke(sampleBehind("\"note\":" + "1".repeat(2000)))),
        "the event has a number of more than 1000 digits");
  }

  @Test
  void anUploadOfOtherJsonIsInvalid() {
    String other = "[" + "{\"a\":1},".repeat(225_000) + "{}]";
    for (String file : List.of(other, "{\"errors\":" + other + "}")) {
      outside.reset();
      outside.objects().put(Sample.BUCKET, Sample.KEY, file.getBytes(StandardCharsets.US_ASCII));

      answered(invokeSample()).body("status", equalTo("INVALID"));
      assertNothingSent();
    }
  }

  @Test
  void aBackupIsFoundWhateverElseIsInItsFile() {
    String file =
        "{\"meta\":%s,\"settings\":{\"more\":%s,\"data\":\"%s\"}}"
            .formatted(OBJECTS, OBJECTS, Sample.BACKUP);
    outside.objects().put(Sample.BUCKET, Sample.KEY, file.getBytes(StandardCharsets.US_ASCII));

    answered(invokeSample()).body("status", equalTo("MIGRATED"));
    assertRegisteredOnce();
  }

  private ValidatableResponse assertInvalid(ValidatableResponse answer, String message) {
    assertNothingSent();
    return answer.body("status", equalTo("INVALID"), "error.message", equalTo(message));
  }

  /** The sample's event behind other fields. */
  private static String sampleBehind(String fields) {
    return "{" + fields + "," + Sample.event("direct.json").strip().substring(1);
  }

  private static String sampleBefore(String fields) {
    return Sample.event("direct.json").strip().replaceFirst("\\}$", ",") + fields + "}";
  }
}
