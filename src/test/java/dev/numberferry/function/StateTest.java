package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static dev.numberferry.standin.GraphStandIn.state;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    assertThat(published().path("status").asText()).isEqualTo(status);
    assertThat(published().at("/error/code").isMissingNode()).isFalse();
    assertNothingSent();
  }

  @Test
  void noSuchNumberIsNotAskedForWithFewerFields() {
    outside
        .graph()
        .looksAnswer(
            GraphStandIn.error(400, "{\"error\": {\"code\": 100, \"error_subcode\": 33}}"));

    assertThat(answered(invokeSample()).path("status").asText()).isEqualTo("REJECTED");
    assertThat(outside.graph().looks()).hasSize(1);
    assertNothingSent();
  }

  @Test
  void anAnswerThatNeverComesBeforeTheCallMeansThatNothingIsSent() {
    outside.graph().looksAnswer(aResponse().withFault(Fault.EMPTY_RESPONSE));

    assertThat(invokeSample().status()).isEqualTo(500);

    assertThat(published().path("status").asText()).isEqualTo("NOT_SENT");
    assertNothingSent();
  }

  @ParameterizedTest
  @CsvSource({
    "CLOUD_API, DISCONNECTED",
    "CLOUD_API, PENDING",
    "ON_PREMISE, BANNED",
    "ON_PREMISE, DELETED",
    "NOT_APPLICABLE, RESTRICTED"
  })
  void aNumberInADoubtfulStateIsHeldBackUntilARetry(String platform, String status) {
    outside.graph().tells(state(platform, status));

    JsonNode result = answered(invokeSample());

    assertThat(result.path("status").asText()).isEqualTo("WITHHELD");
    assertThat(result.path("reason").asText()).isEqualTo("STATE");
    assertNothingSent();
    invoke(sampleRetrying("Meta's support said so"));
    assertRegisteredOnce();
  }

  @Test
  void aNumberThatHasMovedIsLeftAlone() {
    outside.graph().tells(state("CLOUD_API", "CONNECTED"));

    JsonNode result = answered(invoke(sampleRetrying("I know better")));

    assertThat(result.path("status").asText()).isEqualTo("ALREADY_MIGRATED");
    assertThat(result.path("displayPhoneNumber").asText()).isEqualTo("+1 555-123-4567");
    assertNothingSent();
  }

  @ParameterizedTest
  @CsvSource({"ON_PREMISE, CONNECTED", "ON_PREMISE, DISCONNECTED", "NOT_APPLICABLE, CONNECTED"})
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

    assertThat(answered(invokeSample()).path("status").asText()).isEqualTo(status);
    boolean stored =
        !outside.secrets().get(Sample.SECRET_ID).path("pin").asText().equals("generate");
    assertThat(stored).isEqualTo(status.equals("MIGRATED"));
  }

  @ParameterizedTest
  @CsvSource({
    "+15551234567, MIGRATED",
    "+1 (555) 123-4567, MIGRATED",
    "15551234567, MIGRATED",
    "+15551234568, INVALID",
    "+4915551234567, INVALID"
  })
  void theExpectedNumberGuardsAgainstTheWrongId(String expected, String status) {
    assertThat(answered(invoke(sampleWith("expectedNumber", expected))).path("status").asText())
        .isEqualTo(status);
    assertThat(outside.graph().registers()).hasSize(status.equals("INVALID") ? 0 : 1);
  }

  @ParameterizedTest
  @CsvSource({
    "CLOUD_API, CONNECTED, MIGRATED, nothing else is to do",
    "CLOUD_API, PENDING, UNKNOWN, on the Cloud API but not connected",
    "ON_PREMISE, DISCONNECTED, UNKNOWN, has not moved"
  })
  void afterACallWithoutAnAnswerTheStateDecides(
      String platform, String status, String outcome, String nextStep) {
    outside.graph().answers(aResponse().withFault(Fault.EMPTY_RESPONSE));
    outside.graph().tellsNext(state("ON_PREMISE", "CONNECTED"), state(platform, status));

    JsonNode result = answered(invokeSample());

    assertThat(result.path("status").asText()).isEqualTo(outcome);
    assertThat(result.path("reconciled").asBoolean()).isEqualTo(outcome.equals("MIGRATED"));
    assertThat(result.path("platformType").asText()).isEqualTo(platform);
    assertThat(result.path("nextStep").asText()).contains(nextStep);
    assertRegisteredOnce();
  }

  @Test
  void aTimeOutAfterWhichTheNumberHasMovedIsMigrated() {
    outside.graph().moves(okJson("{\"success\": true}").withFixedDelay(3_000));

    JsonNode result = answered(invokeSample());

    assertThat(result.path("status").asText()).isEqualTo("MIGRATED");
    assertThat(result.path("reconciled").asBoolean()).isTrue();
    assertRegisteredOnce();
  }

  @Test
  void afterSuccessTheResultShowsTheNumberOnItsNewSide() {
    JsonNode result = answered(invokeSample());

    assertThat(result.path("platformType").asText()).isEqualTo("CLOUD_API");
    assertThat(result.path("displayPhoneNumber").asText()).isEqualTo("+1 555-123-4567");
    assertThat(result.path("throughput").asText()).isEqualTo("STANDARD");
    assertThat(result.path("canSendMessage").asText()).isEqualTo("AVAILABLE");
    assertThat(result.has("reconciled")).isFalse();
  }

  @Test
  void aLookAfterwardsThatFailsChangesNothing() {
    outside.graph().answers(okJson("{\"success\": true}"));
    outside.graph().tellsNext(state("ON_PREMISE", "CONNECTED"), null);

    JsonNode result = answered(invokeSample());

    assertThat(result.path("status").asText()).isEqualTo("MIGRATED");
    assertThat(result.has("platformType")).isFalse();
  }
}
