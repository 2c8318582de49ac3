package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static dev.numberferry.standin.GraphStandIn.state;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator's word for one more attempt lifts what the operator knew of, and nothing else. */
@QuarkusTest
class RetryTest extends FunctionTestBase {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"I looked\"",
        "{\"reason\": \"I looked\"}",
        "{\"after\": \"none\"}",
        "{\"after\": \"none\", \"reason\": \"\"}",
        "{\"after\": \"the last one\", \"reason\": \"I looked\"}",
        "{\"after\": \"none\", \"reason\": \"I\\nlooked\"}",
        "{\"after\": \"none\", \"reason\": \"I looked\", \"state\": \"\"}",
        "{\"after\": \"none\", \"reason\": \"I looked\", \"state\": \"two\\nlines\"}"
      })
  void aRetryThatDoesNotSayWhatItIsAfterAndWhyIsInvalid(String retry) {
    answered(invoke(sampleWith("retry", parse(retry))))
        .body(
            "status", equalTo("INVALID"),
            "error.message", startsWith("retry"),
            "nextStep", allOf(containsString("\"after\""), containsString("\"reason\"")));
    assertNothingSent();
  }

  @Test
  void aRetryThatWasNotPublishedIsNotANewAttemptWithANewVersionOfTheSecret() {
    outside.graph().answers(aResponse().withStatus(502));
    answered(invokeSample());
    letTheLastCallBeOver();
    String retry = sampleRetrying("I looked");
    outside.topic().fails();
    invoke(retry).statusCode(500);
    outside.aws().recovers();
    outside.secrets().put(Sample.SECRET_ID, Sample.secret());

    invoke(retry)
        .body(
            "status", equalTo("UNKNOWN"),
            "replayed", equalTo(true));
    assertThat(outside.graph().registers()).hasSize(2);
  }

  @Test
  void aRetryIsNotANewAttemptWithANewObjectUnderItsKey() {
    outside.graph().answers(aResponse().withStatus(502));
    answered(invokeSample());
    letTheLastCallBeOver();
    String retry = sampleRetrying("I looked");
    invoke(retry);
    outside.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());

    invoke(retry).body("replayed", equalTo(true));
    assertThat(outside.graph().registers()).hasSize(2);
  }

  @Test
  void aRetryWaitsUntilWhatsAppIsNoLongerAtWorkOnACallOfUnknownEffect() {
    outside.graph().answers(aResponse().withStatus(502));
    Instant retryAfter = Instant.parse(answered(invokeSample()).extract().path("retryAfter"));
    Instant until = Instant.parse(newestAttempt().getString("endedAt")).plus(LONGEST_RUN);
    String retry = sampleRetrying("I looked");

    assertThat(retryAfter).isBetween(until, until.plusSeconds(1));
    invoke(retry)
        .spec(withheld("IN_PROGRESS"))
        .body(
            "until", equalTo(until.toString()),
            "$", not(hasKey("retry")),
            "$", sameAs(lastPublished()));
    invoke(dry(retry))
        .body(
            "findings.field", contains("IN_PROGRESS"),
            "findings[0].problem", endsWith(", until " + until));
    assertRegisteredOnce();
    letTheLastCallBeOver();
    invoke(retry).body("$", not(hasKey("replayed")));
    assertThat(outside.graph().registers()).hasSize(2);
  }

  @Test
  void aRetryWaitsUntilWhatsAppIsNoLongerAtWorkOnACallThatItTook() {
    outside.graph().answers(okJson("{\"success\": true}"));
    answered(invokeSample()).body("$", not(hasKey("retryAfter")));
    String retry = sampleRetrying("it is still on On-Premises");

    invoke(retry).spec(withheld("IN_PROGRESS"));
    assertRegisteredOnce();
    letTheLastCallBeOver();
    invoke(retry).body("status", equalTo("MIGRATED"));
    assertThat(outside.graph().registers()).hasSize(2);
  }

  @Test
  void aRetryAfterARefusalWaitsForNothing() {
    outside.graph().refuses(400, 133006);
    answered(invokeSample());

    invoke(sampleRetrying("verified")).body("$", not(hasKey("replayed")));
    assertThat(outside.graph().registers()).hasSize(2);
  }

  @Test
  void anOlderRetryAfterANewerUnknownIsOutdatedAndSaysWhatCameSince() {
    outside.graph().answers(aResponse().withStatus(502));
    answered(invokeSample());
    letTheLastCallBeOver();
    String older = sampleRetrying("left in a dead-letter queue");
    String since = id(invoke(sampleRetrying("I looked"))) + "/UNKNOWN";

    invoke(older)
        .body(
            "reason", equalTo("OUTDATED_RETRY"),
            "error.message", containsString(since),
            "retry.after", equalTo(since),
            "$", sameAs(lastPublished()));
    assertThat(outside.graph().registers()).hasSize(2);
  }

  @Test
  void whatAResultCarriesIsReadyToBeSent() {
    outside.graph().answers(aResponse().withStatus(502));
    ValidatableResponse unknown = answered(invokeSample());
    outside.secrets().put(Sample.SECRET_ID, Sample.secret());
    ValidatableResponse heldBack = invokeSample();
    outside.graph().reset();

    String after = id(unknown) + "/UNKNOWN";
    unknown.body("retry.after", equalTo(after));
    heldBack.body("retry", equalTo(unknown.extract().path("retry")));
    letTheLastCallBeOver();
    invoke(sampleRetrying(after, "I looked")).body("status", equalTo("MIGRATED"));
  }

  @Test
  void aReplayCarriesThePresentRetry() {
    outside.graph().refuses(400, 133006);
    answered(invokeSample());
    Map<String, String> later = invoke(sampleRetrying("verified")).extract().path("retry");

    invokeSample().body("retry", equalTo(later));
  }

  @Test
  void aNumberThatNeverMovedAlthoughItWasToldIsNoDeadEnd() {
    outside.graph().answers(okJson("{\"success\": true}"));
    String after = id(answered(invokeSample()).body("status", equalTo("MIGRATED"))) + "/MIGRATED";
    letTheLastCallBeOver();

    invoke(sampleRetrying(after, "it is still on On-Premises"))
        .body(
            "status", equalTo("MIGRATED"),
            "$", not(hasKey("replayed")));
    assertThat(outside.graph().registers()).hasSize(2);
  }

  @Test
  void aNumberThatHasMovedIsNotCalledWhateverARetryKnows() {
    String after = id(answered(invokeSample())) + "/MIGRATED";
    letTheLastCallBeOver();

    invoke(sampleRetrying(after, "I know better")).body("status", equalTo("ALREADY_MIGRATED"));
    assertRegisteredOnce();
  }

  @Test
  void aDryRunChecksARetryAndUsesNothingUp() {
    outside.graph().answers(aResponse().withStatus(502));
    String after = answered(invokeSample()).extract().path("retry.after");
    letTheLastCallBeOver();

    ValidatableResponse outdated = invoke(dry(sampleRetrying("none", "I looked")));
    ValidatableResponse fine = invoke(dry(sampleRetrying(after, "I looked")));

    outdated.body(
        "status", equalTo("NOT_READY"),
        "findings.field", contains("OUTDATED_RETRY"),
        "retry.after", equalTo(after));
    fine.body("status", equalTo("READY"), "$", not(hasKey("retry")));
    outside.graph().reset();
    invoke(sampleRetrying(after, "I looked")).body("status", equalTo("MIGRATED"));
  }

  @Test
  void aDryRunShowsTheStateThatARetryHasToHaveSeen() {
    outside.graph().tells(state("ON_PREMISE", "BANNED"));

    ValidatableResponse held = invoke(dry(sampleRetrying("none", "I looked")));
    held.body(
        "status", equalTo("NOT_READY"),
        "findings.field", contains("STATE"),
        "retry.state", equalTo("platform ON_PREMISE, status BANNED"));
    invoke(dry(sampleRetrying(held, "I looked"))).body("status", equalTo("READY"));
    assertNothingSent();
    invoke(sampleRetrying(held, "I looked"));
    assertRegisteredOnce();
  }

  @Test
  void aDryRunShowsNoRetryWhereNoneLiftsWhatIsInTheWay() {
    outside.graph().refuses(400, 133016);
    answered(invokeSample());
    outside.secrets().put(Sample.SECRET_ID, Sample.secret());

    invoke(sampleWith("dryRun", true))
        .body(
            "findings.field", contains("BLOCKED"),
            "$", not(hasKey("retry")));
    assertRegisteredOnce();
  }

  @Test
  void anOldRefusalDoesNotHideThatTheNewPinIsNone() {
    outside.graph().refuses(400, 133005);
    answered(invokeSample());
    outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.PIN, "12345"));

    invokeSample()
        .body(
            "status", equalTo("INVALID"),
            "error.message", startsWith("pin in secret"),
            "$", sameAs(lastPublished()));
    assertRegisteredOnce();
  }

  @Test
  void anOldRefusalDoesNotHideThatTheNewObjectIsNoBackup() {
    outside.graph().refuses(400, 133006);
    answered(invokeSample());
    outside.objects().put(Sample.BUCKET, Sample.KEY, "<html>".getBytes(UTF_8));

    invokeSample().body("status", equalTo("INVALID"));
    assertThat(publishedStatuses()).containsExactly("REJECTED", "INVALID");
    assertRegisteredOnce();
  }

  @Test
  void aStateThatARetryCanLiftCarriesItAndOneOnTheCloudApiDoesNot() {
    outside.graph().tells(state("ON_PREMISE", "BANNED"));
    invokeSample().body("retry.after", equalTo("none"));
    outside.graph().tells(state("CLOUD_API", "PENDING"));
    invokeSample().body("$", not(hasKey("retry")));
  }

  private static String id(ValidatableResponse answer) {
    return answer.extract().path("migrationId");
  }

  private static String dry(String event) {
    return ((ObjectNode) parse(event)).put("dryRun", true).toString();
  }
}
