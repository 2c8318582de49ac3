package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.numberferry.standin.GraphStandIn.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.event.Payload;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The last answer is kept beside the attempts, and is none of them. */
@QuarkusTest
class LastAnswerTest extends FunctionTestBase {

  @Inject ApiFunction api;

  @Test
  void aDryRunIsKept() {
    assertKept(answered(invoke(sampleWith("dryRun", true))));

    get().body("state", equalTo("READY"));
    assertNoAttempt();
  }

  @Test
  void aDryRunThatFindsSomethingInTheWayIsKeptWithWhatItFound() {
    outside.graph().tells(state("ON_PREMISE", "BANNED"));

    ValidatableResponse answer = answered(invoke(sampleWith("dryRun", true)));

    answer.body("findings[0].severity", equalTo("error"));
    assertKept(answer);
    assertNoAttempt();
  }

  @Test
  void aCallThatWasHeldBackIsKept() {
    outside.graph().tells(state("ON_PREMISE", "BANNED"));

    assertKept(answered(invokeSample()).spec(withheld("STATE")));

    get().body("state", equalTo("WITHHELD"));
    assertNoAttempt();
  }

  @Test
  void aNumberThatWasFoundOnTheCloudApiIsKept() {
    outside.graph().tells(state("CLOUD_API", "CONNECTED"));

    assertKept(answered(invokeSample()).body("status", equalTo("ALREADY_MIGRATED")));

    get().body("last.displayPhoneNumber", equalTo("+1 555-123-4567"));
    assertNoAttempt();
  }

  @Test
  void whatIsInvalidIsKept() {
    assertKept(answered(invoke(sampleWith("expectedNumber", "none"))));
    assertNoAttempt();
  }

  @Test
  void whatWasNotSentIsKept() {
    outside.objects().fails(503, "SlowDown");

    invokeSample().statusCode(500);

    get().body("last", sameAs(published()));
    assertNoAttempt();
  }

  @Test
  void itStandsBesideTheAttemptsAndCountsAsNoneOfThem() {
    outside.graph().refuses(400, 133006);
    answered(invokeSample());
    String calls = entry().getString("attempts");

    for (int i = 0; i < 6; i++) {
      invoke(sampleWith("dryRun", true));
    }

    assertThat(entry().getString("attempts")).isEqualTo(calls);
    get()
        .body(
            "state", equalTo("REJECTED"),
            "last.status", equalTo("NOT_READY"),
            "last.finishedAt", equalTo(lastPublished().getString("finishedAt")));
    outside.graph().reset();
    outside.secrets().put(Sample.SECRET_ID, Sample.secret());
    invokeSample().body("status", equalTo("MIGRATED"));
    assertRegisteredOnce();
  }

  @Test
  void aReplayIsNotKept() {
    answered(invokeSample());

    invokeSample().body("replayed", equalTo(true));

    get().body("$", not(hasKey("last")));
    assertRegisteredOnce();
  }

  @Test
  void aRunInProgressIsNotKept() {
    leaveAClaimBehind(FunctionTestBase::invokeSample);
    String revision = revision();
    outside.secrets().put(Sample.SECRET_ID, Sample.secret());

    invokeSample().spec(withheld("IN_PROGRESS"));

    get().body("$", not(hasKey("last")));
    assertThat(revision()).isEqualTo(revision);
    assertRegisteredOnce();
  }

  @Test
  void aCallThatWhatsAppMayBeAtWorkOnIsNotKept() {
    outside.graph().answers(aResponse().withStatus(502));
    answered(invokeSample());

    invoke(sampleRetrying("I looked")).spec(withheld("IN_PROGRESS"));

    get().body("$", not(hasKey("last")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLedgerThatKeepsNothingChangesNothingOfTheAnswer(boolean dryRun) {
    outside.graph().tells(state("ON_PREMISE", "BANNED"));
    outside.ledger().fails("PutItem", "");

    answered(invoke(dryRun ? sampleWith("dryRun", true) : Sample.event("direct.json")))
        .body("status", equalTo(dryRun ? "NOT_READY" : "WITHHELD"));

    assertThat(outside.ledger().items()).isEmpty();
  }

  @Test
  void whatTheTopicDidNotTakeIsKept() {
    outside.graph().tells(state("ON_PREMISE", "BANNED"));
    outside.topic().fails();

    failed(invokeSample(), "NotPublished");

    get().body("last.reason", equalTo("STATE"));
  }

  private void assertKept(ValidatableResponse answer) {
    get().body("last", equalTo(answer.extract().path("$")));
  }

  private void assertNoAttempt() {
    assertThat(entry().getList("attempts")).isEmpty();
    get().body("retry", equalTo(Map.of("after", "none")));
    assertNothingSent();
  }

  private String revision() {
    return outside.ledger().items().get(0).get("revision").n();
  }

  private ValidatableResponse get() {
    ObjectNode event = sample("api-get.json");
    return response(api.api(Payload.of(event.toString()))).statusCode(200);
  }
}
