package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static dev.numberferry.standin.GraphStandIn.state;
import static io.restassured.path.json.JsonPath.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What WhatsApp tells of the number, before and after the call. */
@QuarkusTest
class StateTest extends FunctionTestBase {

  @ParameterizedTest
  @CsvSource({
    "401, 190, REJECTED",
    "403, 10, REJECTED",
    "400, 33, REJECTED",
    "500, 3, REJECTED",
    "400, 424242, REJECTED",
    "400, 4, NOT_SENT",
    "503, 133004, NOT_SENT",
    "500, 424242, NOT_SENT"
  })
  void whoMayNotOrCannotAskDoesNotCall(int httpStatus, int code, String status) {
    outside
        .graph()
        .looksAnswer(GraphStandIn.error(httpStatus, "{\"error\": {\"code\": " + code + "}}"));

    invokeSample();

    assertThat(published().getString("status")).isEqualTo(status);
    assertThat(published().getMap("error")).containsKey("code");
    assertNothingSent();
  }

  @Test
  void noSuchNumberIsNotAskedForWithFewerFields() {
    outside
        .graph()
        .looksAnswer(
            GraphStandIn.error(400, "{\"error\": {\"code\": 100, \"error_subcode\": 33}}"));

    answered(invokeSample()).body("status", equalTo("REJECTED"));
    assertThat(outside.graph().looks()).hasSize(1);
    assertNothingSent();
  }

  /** The texts are those of the kinds that people met; what they mean is GraphErrorCodeTest's. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "100 | 33 | GraphMethodException | Unsupported get request. Object with ID '15551234567'"
            + " does not exist | not the phone number itself",
        "100 | 0 | OAuthException | Tried accessing nonexisting field (status) on node type"
            + " (WhatsAppBusinessAccount) | is the id of a WhatsApp Business Account",
        "803 | 0 | OAuthException | Some of the aliases do not exist | not the phone number itself",
        "104 | 0 | OAuthException | An access token is required | saw no access token",
        "100 | 0 | GraphMethodException | Invalid appsecret_proof | appSecret"
      })
  void whatIsRefusedBeforeTheCallSaysWhatIsWrongAndIsAskedOnce(
      int code, int subcode, String type, String message, String nextStep) {
    ObjectNode error = JSON.createObjectNode().put("code", code).put("error_subcode", subcode);
    error.put("type", type).put("message", message);
    outside
        .graph()
        .looksAnswer(
            GraphStandIn.error(400, JSON.createObjectNode().set("error", error).toString()));

    answered(invokeSample())
        .body(
            "status", equalTo("REJECTED"),
            "nextStep", containsString(nextStep),
            "nextStep", not(containsStringIgnoringCase("backup")));
    assertThat(outside.graph().looks()).hasSize(1);
    assertNothingSent();
  }

  @ParameterizedTest
  @CsvSource({"80008, 19", "4, 5", "17, 4000", "613, 99999"})
  void aRateLimitBeforeTheCallIsNotSentAndSaysUntilWhen(int code, long minutes) {
    outside
        .graph()
        .looksAnswer(
            GraphStandIn.error(400, "{\"error\": {\"code\": " + code + "}}")
                .withHeader(
                    "X-Business-Use-Case-Usage",
                    "{\"1\": [{\"estimated_time_to_regain_access\": " + minutes + "}]}"));
    Instant before = Instant.now();

    invokeSample().statusCode(500);

    assertThat(published().getString("status")).isEqualTo("NOT_SENT");
    assertThat(published().getInt("error.code")).isEqualTo(code);
    assertThat(Instant.parse(published().getString("retryAfter")))
        .isAfter(before.plus(Duration.ofMinutes(Math.min(minutes, 4320))).minusMillis(1));
    assertThat(outside.graph().looks()).hasSize(1);
    assertNothingSent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"106540352242923", "0106540352242922", "", "15551234567"})
  void anAnswerAboutAnotherIdIsHeldBackAndNoRetryLiftsThat(String id) {
    outside.graph().tells(state("ON_PREMISE", "CONNECTED").put("id", id));

    ValidatableResponse result = answered(invokeSample());
    invoke(sampleRetrying("I know better"));

    result.spec(withheld("STATE")).body("error.message", endsWith("told of " + id));
    assertThat(lastPublished().getString("reason")).isEqualTo("STATE");
    assertNothingSent();
  }

  @Test
  void afterACallAnAnswerAboutAnotherIdIsNoProofThatTheNumberHasMoved() {
    outside.graph().answers(aResponse().withFault(Fault.EMPTY_RESPONSE));
    outside
        .graph()
        .tellsNext(
            state("ON_PREMISE", "CONNECTED"), state("CLOUD_API", "CONNECTED").put("id", "1"));

    answered(invokeSample()).body("status", equalTo("UNKNOWN"));
    assertRegisteredOnce();
  }

  @Test
  void aRateLimitAfterTheCallIsNotProlongedByAskingOn() {
    outside.graph().answers(aResponse().withFault(Fault.EMPTY_RESPONSE));
    outside
        .graph()
        .looksAnswerNext(
            state("ON_PREMISE", "CONNECTED"),
            GraphStandIn.error(400, "{\"error\": {\"code\": 80008}}"));

    answered(invokeSample()).body("status", equalTo("UNKNOWN"));

    assertThat(outside.graph().looks()).hasSize(2);
    assertRegisteredOnce();
  }

  @Test
  void anAnswerThatNeverComesBeforeTheCallMeansThatNothingIsSent() {
    outside.graph().looksAnswer(aResponse().withFault(Fault.EMPTY_RESPONSE));

    invokeSample().statusCode(500);

    assertThat(published().getString("status")).isEqualTo("NOT_SENT");
    assertNothingSent();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "ON_PREMISE, BANNED",
        "ON_PREMISE, DELETED",
        "NOT_APPLICABLE, RESTRICTED",
        "ON_PREMISE, MIGRATED",
        "ON_PREMISE, NEVER_SEEN",
        "on_premise, CONNECTED",
        "-, CONNECTED"
      })
  void aNumberInADoubtfulStateIsHeldBackUntilARetryOfWhoHasSeenIt(String platform, String status) {
    outside.graph().tells(state(platform, status));

    ValidatableResponse held = answered(invokeSample()).spec(withheld("STATE"));
    held.body("retry", equalTo(Map.of("after", "none", "state", seen(platform, status))));
    invoke(sampleRetrying("none", "Meta's support said so"))
        .spec(withheld("STATE"))
        .body("retry", equalTo(held.extract().path("retry")));
    assertNothingSent();
    invoke(sampleRetrying(held, "Meta's support said so")).body("$", not(hasKey("reason")));
    assertRegisteredOnce();
  }

  private static String seen(String platform, String status) {
    return "platform %s, status %s".formatted(platform == null ? "not told" : platform, status);
  }

  @Test
  void aRetryForWhatWasSeenBeforeLiftsNothingThatCameSince() {
    outside.graph().refuses(400, 133006);
    String retry = sampleRetrying(answered(invokeSample()), "verified");
    outside.graph().tells(state("ON_PREMISE", "BANNED"));

    ValidatableResponse banned = invoke(retry).spec(withheld("STATE"));
    assertRegisteredOnce();
    outside.graph().tells(state("ON_PREMISE", "MIGRATED"));
    ValidatableResponse outdated =
        invoke(sampleRetrying(banned, "verified")).spec(withheld("OUTDATED_RETRY"));
    outdated.body("retry.state", equalTo(seen("ON_PREMISE", "MIGRATED")));
    assertThat(lastPublished().getString("reason")).isEqualTo("OUTDATED_RETRY");
    assertRegisteredOnce();

    invoke(sampleRetrying(outdated, "verified")).body("$", not(hasKey("reason")));
    assertThat(outside.graph().registers()).hasSize(2);
    assertThat(newestAttempt().getString("key.retry.state"))
        .isEqualTo(seen("ON_PREMISE", "MIGRATED"));
  }

  @Test
  void aStateInARetryIsNoObstacleWhereNothingHasToBeLifted() {
    outside.graph().tells(state("ON_PREMISE", "BANNED"));
    String retry = sampleRetrying(answered(invokeSample()), "I looked");
    outside.graph().reset();

    invoke(retry).body("status", equalTo("MIGRATED"));
    assertRegisteredOnce();
  }

  @Test
  void aRetryIsOneAttemptWhateverWasSeenOfTheNumber() {
    outside.graph().tells(state("ON_PREMISE", "BANNED"));
    ValidatableResponse banned = answered(invokeSample());
    invoke(sampleRetrying(banned, "Meta's support said so"));
    outside.graph().tells(state("ON_PREMISE", "MIGRATED"));

    invoke(sampleRetrying("none", "Meta's support said so")).body("replayed", equalTo(true));
    invoke(sampleRetrying(banned, "Meta's support said so")).body("replayed", equalTo(true));
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "CLOUD_API, PENDING",
        "CLOUD_API, DISCONNECTED",
        "CLOUD_API, -",
        "cloud_api, CONNECTED"
      })
  void aNumberThatMayBeOnTheCloudApiIsNeverCalled(String platform, String status) {
    outside.graph().tells(state(platform, status));

    answered(invoke(sampleRetrying("I know better")))
        .body(
            "reason", equalTo("STATE"),
            "nextStep", containsString("a retry does not lift this"));
    assertNothingSent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECTED", "FLAGGED", "RATE_LIMITED"})
  void aNumberThatHasMovedIsLeftAlone(String status) {
    outside.graph().tells(state("CLOUD_API", status));

    answered(invoke(sampleRetrying("I know better")))
        .body(
            "status", equalTo("ALREADY_MIGRATED"),
            "displayPhoneNumber", equalTo("+1 555-123-4567"));
    assertNothingSent();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "ON_PREMISE, CONNECTED",
        "ON_PREMISE, DISCONNECTED",
        "NOT_APPLICABLE, CONNECTED",
        "ON_PREMISE, UNVERIFIED",
        "ON_PREMISE, -"
      })
  void aNumberThatHasNotMovedIsCalled(String platform, String status) {
    outside.graph().tells(state(platform, status));

    invokeSample();

    assertRegisteredOnce();
  }

  @Test
  void fieldsThatTheAppMayNotSeeAreLeftOut() {
    ObjectNode few = state("ON_PREMISE", "CONNECTED");
    few.remove("is_pin_enabled");
    outside.graph().hidesFields(few);

    invokeSample();

    assertRegisteredOnce();
  }

  @ParameterizedTest
  @CsvSource({"true, INVALID", "null, WITHHELD", "false, MIGRATED"})
  void aPinIsMadeOnlyWhereTwoStepVerificationIsOff(String enabled, String status) {
    ObjectNode told = state("ON_PREMISE", "CONNECTED");
    told.set("is_pin_enabled", parse(enabled));
    outside.graph().tells(told);
    outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.PIN, "generate"));

    answered(invokeSample()).body("status", equalTo(status));
    String pin = from(outside.secrets().get(Sample.SECRET_ID)).getString("pin");
    assertThat(!pin.equals("generate")).isEqualTo(status.equals("MIGRATED"));
  }

  @Test
  void aPinIsMadeWhereNobodyTellsOnlyForWhoHasSeenThat() {
    ObjectNode told = state("ON_PREMISE", "CONNECTED");
    told.remove("is_pin_enabled");
    outside.graph().tells(told);
    outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.PIN, "generate"));

    ValidatableResponse held =
        invoke(sampleRetrying("none", "I know better")).spec(withheld("STATE"));

    held.body(
        "retry.state", equalTo("platform ON_PREMISE, status CONNECTED, PIN not told"),
        "error.message", containsString("two-step"));
    assertNothingSent();
    assertThat(outside.secrets().calls("PutSecretValue")).isZero();
    invoke(sampleRetrying(held, "it is off"));
    assertRegisteredOnce();
  }

  @Test
  void aNumberThatCannotBeComparedIsCalledOnlyForWhoHasSeenThat() {
    ObjectNode told = state("ON_PREMISE", "CONNECTED");
    told.remove("display_phone_number");
    outside.graph().tells(told);
    ObjectNode event = (ObjectNode) parse(sampleRetrying("none", "I know better"));
    event.put("expectedNumber", "+1 555 123 4567");

    ValidatableResponse held = invoke(event.toString()).spec(withheld("STATE"));

    held.body("retry.state", equalTo("platform ON_PREMISE, status CONNECTED, number not told"));
    assertNothingSent();
    ObjectNode again = (ObjectNode) parse(sampleRetrying(held, "I compared them myself"));
    invoke(again.put("expectedNumber", "+1 555 123 4567").toString());
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @CsvSource({
    "+15551234567, MIGRATED",
    "+1 (555) 123-4567, MIGRATED",
    "15551234567, MIGRATED",
    "+15551234568, INVALID",
    "+4915551234567, INVALID",
    "001 555.123/4567, MIGRATED",
    "'\u202a+1\u00a0[555]\u00a0123\u20114567\u202c\n', MIGRATED",
    "+1+5551234567, INVALID",
    "1234, INVALID"
  })
  void theExpectedNumberGuardsAgainstTheWrongId(String expected, String status) {
    answered(invoke(sampleWith("expectedNumber", expected))).body("status", equalTo(status));
    assertThat(outside.graph().registers()).hasSize(status.equals("INVALID") ? 0 : 1);
  }

  @ParameterizedTest
  @CsvSource({
    "CLOUD_API, CONNECTED, MIGRATED, nothing against it",
    "CLOUD_API, FLAGGED, MIGRATED, nothing against it",
    "CLOUD_API, RATE_LIMITED, MIGRATED, nothing against it",
    "ON_PREMISE, MIGRATED, UNKNOWN, 'as ON_PREMISE, MIGRATED, which may lag'",
    "CLOUD_API, PENDING, UNKNOWN, on the Cloud API but not connected",
    "ON_PREMISE, DISCONNECTED, UNKNOWN, 'as ON_PREMISE, DISCONNECTED, which may lag'"
  })
  void afterACallWithoutAnAnswerTheStateDecides(
      String platform, String status, String outcome, String nextStep) {
    outside.graph().answers(aResponse().withFault(Fault.EMPTY_RESPONSE));
    outside.graph().tellsNext(state("ON_PREMISE", "CONNECTED"), state(platform, status));

    answered(invokeSample())
        .body(
            "status", equalTo(outcome),
            "reconciled", outcome.equals("MIGRATED") ? equalTo(true) : nullValue(),
            "platformType", equalTo(platform),
            "nextStep", containsString(nextStep));
    assertRegisteredOnce();
  }

  /** Each piece of the second answer comes in time, and the whole does not. */
  static Stream<ResponseDefinitionBuilder> aTimeOutAfterWhichTheNumberHasMovedIsMigrated() {
    return Stream.of(
        okJson("{\"success\": true}").withFixedDelay(3_000),
        okJson("{\"success\": true}").withChunkedDribbleDelay(10, 6_000));
  }

  @ParameterizedTest
  @MethodSource
  void aTimeOutAfterWhichTheNumberHasMovedIsMigrated(ResponseDefinitionBuilder answer) {
    outside.graph().moves(answer);

    answered(invokeSample())
        .body(
            "status", equalTo("MIGRATED"),
            "reconciled", equalTo(true));
    assertRegisteredOnce();
  }

  @Test
  void afterSuccessTheResultShowsTheNumberOnItsNewSide() {
    answered(invokeSample())
        .body(
            "platformType", equalTo("CLOUD_API"),
            "displayPhoneNumber", equalTo("+1 555-123-4567"),
            "throughput", equalTo("STANDARD"),
            "canSendMessage", equalTo("AVAILABLE"),
            "$", not(hasKey("reconciled")));
  }

  @Test
  void aLookAfterwardsThatFailsChangesNothing() {
    outside.graph().answers(okJson("{\"success\": true}"));
    outside.graph().tellsNext(state("ON_PREMISE", "CONNECTED"), null);

    answered(invokeSample())
        .body(
            "status", equalTo("MIGRATED"),
            "$", not(hasKey("platformType")));
  }
}
