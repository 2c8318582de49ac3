package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.numberferry.standin.GraphStandIn.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.event.Payload;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Does what a result's {@code nextStep} says, as somebody does who has nothing but that text and
 * the result: what it says to send is sent, and the number moves with it.
 */
@QuarkusTest
class NextStepTest extends UploadTestBase {

  private static final String OTHER_PIN = "402816";

  @Inject SweepFunction sweep;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "133005 | PIN mismatch",
        "133008 | Too many PIN guesses, try again in 12 hours",
        "133008 | Too many PIN guesses",
        "133009 | PIN guessed too fast",
        "131031 | Account locked",
        "133016 | Too many registrations",
        "133015 | Deleted a moment ago",
        "133006 | Not verified",
        "133000 | Deregistration is incomplete",
        "368    | Blocked",
        "4      | Rate limit",
        "190    | Token expired",
        "200    | No permission",
        "100    | The number is under review",
        "100    | Expected data localization region: 'IN'",
        "100    | Please choose a PIN that is harder to guess",
        "100    | The backup cannot be decrypted",
        "100    | Invalid parameter",
        "99999  | Nobody knows this one",
        "200    | API access blocked.",
        "5      | This IP can't make requests for that application.",
        "459    | The user has been checkpointed",
        "136025 | The display name is not approved"
      })
  void whatARefusalSaysToSendIsSent(int code, String message) {
    refuse(code, message);

    follow(answered(invokeSample()).body("status", equalTo("REJECTED")), sample());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "133005 | PIN mismatch",
        "133009 | PIN guessed too fast",
        "133006 | Not verified",
        "100    | Please choose a PIN that is harder to guess"
      })
  void theEventThatAnUploadsResultShowsIsSent(int code, String message) {
    refuse(code, message);
    put();
    upload(event("s3-put.json"));
    JsonPath result = published();
    assertThat(result.getString("status")).isEqualTo("REJECTED");
    outside.graph().reset();

    if (code == 133005) {
      assertThat(result.getMap("")).doesNotContainKey("retry");
      assertThat(result.getString("nextStep")).doesNotContain("\"retry\"");
    }
    prepare(result.getString("nextStep"), result);
    invoke(shownEvent(result.getString("nextStep"))).body("status", equalTo("MIGRATED"));
    assertRegisteredOnce();
  }

  @Test
  void theEventThatAReplayedUploadShowsIsThePresentOne() {
    refuse(133006, "Not verified");
    put();
    upload(event("s3-put.json"));
    invoke(shownEvent(published().getString("nextStep")))
        .body("status", equalTo("REJECTED"), "$", not(hasKey("replayed")));
    List<?> replay = (List<?>) upload(event("s3-put.json"));
    outside.graph().reset();

    invoke(shownEvent(((MigrationResult) replay.get(0)).outcome().nextStep()))
        .body("status", equalTo("MIGRATED"));
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @CsvSource({"ON_PREMISE, CONNECTED", "ON_PREMISE, DISCONNECTED", "ON_PREMISE, BANNED"})
  void whatAnUnknownSaysToSendIsSent(String platform, String status) {
    outside.graph().answers(aResponse().withStatus(502));
    outside.graph().tells(state("ON_PREMISE", "CONNECTED"));
    ValidatableResponse unknown =
        unknown(state(platform, status))
            .body(
                "nextStep",
                allOf(
                    containsString("lag"),
                    containsString("two sweeps"),
                    containsString("looks for two hours, and publishes MIGRATED by itself"),
                    not(containsString("The number has not moved"))));

    follow(unknown, sample());
  }

  @Test
  void anUnknownOnTheCloudApiOffersNoRetryAsNoneWouldBeTaken() {
    ValidatableResponse unknown =
        unknown(state("CLOUD_API", "PENDING"))
            .body(
                "$", not(hasKey("retry")),
                "nextStep",
                    allOf(
                        containsString("retry does not lift this"),
                        containsString("publishes MIGRATED by itself")));
    letTheLastCallBeOver();

    invoke(sampleRetrying("I looked")).spec(withheld("STATE"));
    invokeSample().body("replayed", equalTo(true), "$", not(hasKey("retry")));
    assertRegisteredOnce();
    unknown.body("status", equalTo("UNKNOWN"));
  }

  @ParameterizedTest
  @ValueSource(ints = {133005, 133008, 133009, 131031})
  void aRefusedPinSaysThatTheDeploymentIsDown(int code) {
    refuse(code, "refused");

    answered(invokeSample())
        .body(
            "harm", equalTo("LINE_DOWN"),
            "nextStep", containsString("On-Premises deployment"),
            "nextStep", containsString("down"));
  }

  @Test
  void noRetryIsOfferedAfterAWrongPin() {
    refuse(133005, "PIN mismatch");
    answered(invokeSample()).body("$", not(hasKey("retry")));

    invokeSample().body("replayed", equalTo(true), "$", not(hasKey("retry")));
    invoke(dry(sample()))
        .body(
            "status", equalTo("NOT_READY"),
            "$", not(hasKey("retry")),
            "findings[0].cure", containsString("PIN"));
    assertRegisteredOnce();
  }

  /** Earlier versions recorded one, of which the next step beside it warned. */
  @Test
  void aRetryThatWasRecordedWithAWrongPinIsNotShownAgain() {
    refuse(133005, "PIN mismatch");
    answered(invokeSample());
    Map<String, AttributeValue> item = new HashMap<>(outside.ledger().items().get(0));
    ObjectNode entry = (ObjectNode) parse(item.get("entry").s());
    ((ObjectNode) entry.at("/attempts/0/result")).putObject("retry").put("after", knownAttempt());
    item.put("entry", AttributeValue.fromS(entry.toString()));
    outside.ledger().put(item);

    invokeSample().body("replayed", equalTo(true), "$", not(hasKey("retry")));
  }

  @ParameterizedTest
  @ValueSource(ints = {133008, 131031, 133016, 133006})
  void whatADryRunOfAnEarlierAttemptSaysToSendIsSent(int code) {
    refuse(code, "refused");
    answered(invokeSample());

    ValidatableResponse dryRun = invoke(dry(sample())).body("status", equalTo("NOT_READY"));
    if (dryRun.extract().<String>path("findings[0].cure").contains("retryAfter")) {
      dryRun.body("findings[0].problem", containsString(", retryAfter 20"));
    }
    at(Instant.now().plusSeconds(4 * 86_400));
    follow(dryRun.extract().path("findings[0].cure"), dryRun.extract().jsonPath(), sample());
  }

  @Test
  void anotherPinIsSentAfterAWrongOne() {
    refuse(133005, "PIN mismatch");
    answered(invokeSample());
    newVersion();

    follow(invokeSample().spec(withheld("PIN_REFUSED")), sample());
  }

  @ParameterizedTest
  @ValueSource(ints = {131031, 133008})
  void aSuspectedPinIsSentWithARetry(int code) {
    refuse(code, "refused");
    answered(invokeSample());
    at(Instant.now().plusSeconds(7200));
    newVersion();

    follow(invokeSample().spec(withheld("PIN_REFUSED")), sample());
  }

  @Test
  void whatIsSaidOfARefusedPinThatNobodyCanCompareIsTaken() {
    refuse(133005, "PIN mismatch");
    String refused = newVersion();
    answered(invokeSample());
    put(OTHER_PIN);
    outside.secrets().forgetVersion(Sample.SECRET_ID, refused);

    ValidatableResponse held = invokeSample().spec(withheld("PIN_REFUSED"));
    held.body("nextStep", not(containsString(", or ")));
    follow(held, sample());
  }

  @ParameterizedTest
  @ValueSource(ints = {133008, 133016})
  void aLockIsOverWhereItsResultSaysSo(int code) {
    refuse(code, "wait 12 hours");
    answered(invokeSample());
    newVersion();

    ValidatableResponse locked = invokeSample().spec(withheld("BLOCKED"));
    at(Instant.parse(locked.extract().path("until")).plusSeconds(1));
    outside.graph().reset();
    ValidatableResponse then = invokeSample();
    if (code == 133008) {
      locked.body("nextStep", containsString("with a retry if"));
      follow(then.spec(withheld("PIN_REFUSED")), sample());
    } else {
      then.body("status", equalTo("MIGRATED"));
    }
  }

  @Test
  void aWaitThatWhatsAppWantsIsOverWhereItsResultSaysSo() {
    refuse(133015, "Deleted a moment ago");
    answered(invokeSample());
    newVersion();

    follow(invokeSample().spec(withheld("BLOCKED")), sample());
  }

  @Test
  void whatIsSaidAfterAnUnknownIsTaken() {
    unknown(state("ON_PREMISE", "CONNECTED"));
    newVersion();

    follow(invokeSample().spec(withheld("AFTER_UNKNOWN")), sample());
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 10})
  void whatIsSaidOfCallsThatAreUsedUpIsTaken(int calls) {
    refuse(133006, "Not verified");
    for (int i = 0; i < calls; i++) {
      newVersion();
      invoke(i < 5 ? sample().toString() : sampleRetrying("verified, call " + i));
    }
    assertThat(outside.graph().registers()).hasSize(calls);
    newVersion();

    follow(invokeSample().spec(withheld("CALL_BUDGET")), sample());
  }

  @Test
  void aRetryThatWasOutdatedIsTakenWithTheWordOfItsResult() {
    refuse(133006, "Not verified");
    answered(invokeSample());

    follow(invoke(sampleRetrying("none", "I looked")).spec(withheld("OUTDATED_RETRY")), sample());
  }

  @ParameterizedTest
  @CsvSource({"ON_PREMISE, BANNED", "ELSEWHERE, CONNECTED"})
  void aDoubtfulStateIsTakenWithTheWordsOfItsResult(String platform, String status) {
    outside.graph().tells(state(platform, status));
    ValidatableResponse held = invokeSample().spec(withheld("STATE"));

    invoke(sampleRetrying(held, "I looked"));
    assertRegisteredOnce();
  }

  @Test
  void anotherShapeOfTheNumberIsTakenAsItsResultWritesIt() {
    ObjectNode mexican =
        state("ON_PREMISE", "CONNECTED").put("display_phone_number", "+52 1 55 1234 5678");
    outside.graph().tells(mexican);
    ValidatableResponse held =
        invoke(sampleWith("expectedNumber", "+52 55 1234 5678")).spec(withheld("STATE"));
    String shown =
        held.extract().<String>path("nextStep").replaceAll("(?s).*If (\\+[0-9]+) is the.*", "$1");

    invoke(sampleWith("expectedNumber", shown)).body("status", equalTo("MIGRATED"));
    assertRegisteredOnce();
  }

  @Test
  void whatTheBrakeHeldBackIsSentAfterTheReleasesThatItsResultNames() {
    engage();
    ValidatableResponse held = invokeSample().spec(withheld("BRAKE"));
    String named =
        held.extract().<String>path("nextStep").replaceAll("(?s).*brakeId ([^)]+)\\).*", "$1");
    for (String brakeId : named.split(" and ", -1)) {
      brake.brake(
          Payload.of(
              "{\"release\": \"it is right\", \"by\": \"Ada\", \"brakeId\": \"%s\"}"
                  .formatted(brakeId)));
    }

    follow(held, sample());
  }

  @Test
  void whatWasNotSentIsSentAgain() {
    outside.secrets().fails("GetSecretValue", 503, "ServiceUnavailable");
    failed(invokeSample(), "NotSent");
    JsonPath result = published();
    outside.aws().recovers();

    follow(result.getString("nextStep"), result, sample());
  }

  @Test
  void theStoredPinIsSentWhereNoneIsToBeMade() {
    outside.graph().tells(state("ON_PREMISE", "CONNECTED").put("is_pin_enabled", true));
    put("generate");
    ValidatableResponse invalid = answered(invokeSample()).body("status", equalTo("INVALID"));
    assertThat(invalid.extract().<String>path("nextStep")).startsWith("Store the number's PIN");
    put(Sample.PIN);

    invokeSample().body("status", equalTo("MIGRATED"));
    assertRegisteredOnce();
  }

  private void refuse(int code, String message) {
    ObjectNode error = JSON.createObjectNode();
    error.putObject("error").put("code", code).put("message", message);
    outside.graph().refuses(400, error.toString());
  }

  /** A call without an answer, after which WhatsApp shows this state. */
  private ValidatableResponse unknown(ObjectNode shown) {
    outside.graph().answers(aResponse().withStatus(502));
    outside.graph().tellsNext(state("ON_PREMISE", "CONNECTED"), shown);
    return answered(invokeSample()).body("status", equalTo("UNKNOWN"));
  }

  private void at(Instant now) {
    outside.ledger().clock(Clock.fixed(now, ZoneOffset.UTC));
  }

  private String newVersion() {
    return put(Sample.PIN);
  }

  private String put(String pin) {
    return outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.PIN, pin));
  }

  private static String dry(ObjectNode event) {
    return event.put("dryRun", true).toString();
  }

  private static String shownEvent(String step) {
    assertThat(step).contains("send {");
    return step.substring(step.indexOf('{'), step.lastIndexOf('}') + 1)
        .replace("\"reason\":\"\"", "\"reason\":\"I looked\"");
  }

  private void follow(ValidatableResponse answer, ObjectNode event) {
    JsonPath result = answer.extract().jsonPath();
    follow(result.getString("nextStep"), result, event);
  }

  /** Waits, stores, and sends, as far as the step says so. */
  private void follow(String step, JsonPath result, ObjectNode event) {
    outside.graph().reset();
    prepare(step, result);
    if (step.contains("with a retry") || step.contains("retry.after of this result")) {
      assertThat(result.getMap("")).as(step).containsKey("retry");
      ObjectNode retry = JSON.valueToTree(result.getMap("retry"));
      event.set("retry", retry.put("reason", "I looked"));
    }
    assertThat(step).containsAnyOf("end the event", "end the same event", "store it");

    invoke(event.toString()).body("status", equalTo("MIGRATED"));
    assertRegisteredOnce();
  }

  private void prepare(String step, JsonPath result) {
    Optional.ofNullable(result.getString("retryAfter"))
        .or(() -> Optional.ofNullable(result.getString("until")))
        .ifPresent(it -> at(Instant.parse(it).plusSeconds(1)));
    if (step.matches("(?s).*(store (it|another|them)|PIN and\\s+store).*")) {
      put(OTHER_PIN);
    }
  }
}
