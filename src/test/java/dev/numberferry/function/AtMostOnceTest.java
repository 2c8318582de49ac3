package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** However often what is delivered: one call, and a result. */
@QuarkusTest
class AtMostOnceTest extends FunctionTestBase {

  @Test
  void theLedgerThatCannotBeReadMeansThatNothingIsSent() {
    outside.ledger().fails("BatchGetItem", "");

    invokeSample().statusCode(500);

    assertThat(published().getString("status")).isEqualTo("NOT_SENT");
    assertThat(published().getString("error.message"))
        .isEqualTo(
            "dynamodb:BatchGetItem on table number-ferry-ledger was denied: AccessDeniedException");
    assertNothingSent();
  }

  @Test
  void aClaimThatCannotBeWrittenMeansThatNothingIsSent() {
    outside.ledger().fails("PutItem", "");

    invokeSample().statusCode(500);

    assertThat(published().getString("status")).isEqualTo("NOT_SENT");
    assertNothingSent();
    assertThat(outside.ledger().items()).isEmpty();
  }

  @Test
  void aResultThatCannotBeRecordedIsPublishedAndFailsTheInvocation() {
    outside.ledger().fails("PutItem", "MIGRATED");

    invokeSample().statusCode(500).body("errorType", equalTo("NotRecorded"));

    assertThat(published().getString("status")).isEqualTo("MIGRATED");
    assertRegisteredOnce();
  }

  @Test
  void theNextDeliveryAfterAResultThatWasNotRecordedFindsTheClaimAndDoesNotCall() {
    outside.ledger().fails("PutItem", "MIGRATED");
    invokeSample();
    outside.aws().recovers();

    invokeSample().spec(withheld("IN_PROGRESS"));

    assertThat(publishedStatuses()).containsExactly("MIGRATED");
    assertRegisteredOnce();
  }

  @Test
  void whatWasSentWithAnotherNumbersSecretIsStillAnswered() {
    outside.graph().refuses(400, 133005);
    invokeSample();
    String secret = "whatsapp/" + OTHER_NUMBER;
    String version = outside.secrets().put(secret, Sample.secret());
    Map<String, AttributeValue> item = new HashMap<>(outside.ledger().items().get(0));
    ObjectNode entry = (ObjectNode) parse(item.get("entry").s());
    ((ObjectNode) entry.at("/attempts/0/key"))
        .put("secretId", secret)
        .put("secretVersion", version);
    item.put("entry", AttributeValue.fromS(entry.toString()));
    outside.ledger().put(item);

    invoke(sampleWith("secretId", secret))
        .body("status", equalTo("REJECTED"), "replayed", equalTo(true));

    assertThat(publishedStatuses()).containsExactly("REJECTED");
    assertRegisteredOnce();
  }

  @Test
  void aResultThatWasNotPublishedIsPublishedByTheNextDelivery() {
    outside.topic().fails();
    invokeSample().statusCode(500);
    outside.aws().recovers();

    invokeSample()
        .body(
            "status", equalTo("MIGRATED"),
            "replayed", equalTo(true),
            "migrationId", equalTo(lastPublished().getString("migrationId")));
    assertThat(lastPublished().getMap("$")).doesNotContainKey("replayed");
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @ValueSource(ints = {133006, 2, 190})
  void aResultIsReplayedAndNotPublishedTwice(int code) {
    outside.graph().refuses(400, code);
    Map<String, Object> first = new HashMap<>(answered(invokeSample()).extract().path("$"));
    first.put("replayed", true);

    invokeSample().body("$", equalTo(first));
    assertThat(publishedStatuses()).hasSize(1);
    assertRegisteredOnce();
  }

  @Test
  void anotherEventForAMigratedNumberIsAnsweredWithoutACall() {
    answered(invokeSample());
    outside.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());

    invokeSample().body("status", equalTo("ALREADY_MIGRATED"));
    assertThat(publishedStatuses()).containsExactly("MIGRATED", "ALREADY_MIGRATED");
    assertRegisteredOnce();
  }

  @Test
  void aMigratedNumbersEventIsReplayedEvenWhereItsBackupIsGone() {
    answered(invokeSample());
    outside.objects().remove(Sample.BUCKET, Sample.KEY);

    invokeSample().body("replayed", equalTo(true));
    assertThat(publishedStatuses()).containsExactly("MIGRATED");
  }

  @Test
  void aMigratedNumbersOtherEventIsNotInvalidWhereItsSecretIsGone() {
    answered(invokeSample());
    outside.secrets().remove(Sample.SECRET_ID);

    invoke(sampleRetrying("none", "because")).body("status", equalTo("ALREADY_MIGRATED"));
  }

  @Test
  void aRefusedPinIsNotSentAgainInANewVersionOfTheSecret() {
    outside.graph().refuses(400, 133005);
    answered(invokeSample());
    outside.secrets().put(Sample.SECRET_ID, Sample.secret());

    assertWithheld(invokeSample(), "PIN_REFUSED");
    assertWithheld(invoke(sampleRetrying("I am sure")), "PIN_REFUSED");
    assertRegisteredOnce();
  }

  @Test
  void anotherPinIsAnotherAttempt() {
    outside.graph().refuses(400, 133005);
    answered(invokeSample());
    outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.PIN, "004711"));
    outside.graph().reset();

    invokeSample().body("status", equalTo("MIGRATED"));
    assertRegisteredOnce();
  }

  @Test
  void aRefusedPinThatSecretsManagerForgotIsHeldBackUntilARetry() {
    String refused = outside.secrets().put(Sample.SECRET_ID, Sample.secret());
    outside.graph().refuses(400, 133005);
    answered(invokeSample());
    outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.PIN, "004711"));
    outside.secrets().forgetVersion(Sample.SECRET_ID, refused);
    outside.graph().reset();

    assertWithheld(invokeSample(), "PIN_REFUSED");
    assertNothingSent();
    invoke(sampleRetrying("another PIN")).body("status", equalTo("MIGRATED"));
  }

  @Test
  void afterAnUnknownEffectOnlyARetryCallsAgain() {
    outside.graph().answers(aResponse().withStatus(502));
    answered(invokeSample());
    outside.secrets().put(Sample.SECRET_ID, Sample.secret());
    outside.graph().reset();

    assertWithheld(invokeSample(), "AFTER_UNKNOWN");
    assertNothingSent();
    letTheLastCallBeOver();
    invoke(sampleRetrying("I looked")).body("status", equalTo("MIGRATED"));
  }

  @Test
  void theSixthCallIn72HoursNeedsARetry() {
    outside.graph().refuses(400, 133006);
    for (int i = 0; i < 5; i++) {
      outside.secrets().put(Sample.SECRET_ID, Sample.secret());
      invokeSample();
    }
    outside.secrets().put(Sample.SECRET_ID, Sample.secret());

    assertWithheld(invokeSample(), "CALL_BUDGET").body("until", matchesRegex("20.*Z"));
    assertThat(outside.graph().registers()).hasSize(5);
    invoke(sampleRetrying("the number is verified now"));
    assertThat(outside.graph().registers()).hasSize(6);
  }

  @Test
  void aWaitThatWhatsAppWantsIsInTheResultAndKept() {
    outside.graph().refuses(400, 133016);
    String retryAfter = answered(invokeSample()).extract().path("retryAfter");
    outside.secrets().put(Sample.SECRET_ID, Sample.secret());

    assertWithheld(invokeSample(), "BLOCKED").body("until", equalTo(retryAfter));
    assertRegisteredOnce();
  }

  @Test
  void noRetryLiftsThatTheCallsAreUsedUp() {
    outside.graph().refuses(400, 133016);
    String retryAfter = answered(invokeSample()).extract().path("retryAfter");

    assertWithheld(invoke(sampleRetrying("I know better")), "BLOCKED")
        .body(
            "until", equalTo(retryAfter),
            "$", not(hasKey("retry")));
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @CsvSource({
    "133008, Try again in 12 hours, PT12H, 1",
    "133009, after 30 minutes, PT30M, 1",
    "133009, Try again later, PT1H, 2"
  })
  void noOtherPinIsGuessedBeforeTheLockIsOver(
      int code, String details, Duration lock, int callsAfterARetry) {
    String error = "{\"error\": {\"code\": %d, \"error_data\": {\"details\": \"%s\"}}}";
    outside.graph().refuses(400, error.formatted(code, details));
    Instant before = Instant.now().minusSeconds(1);
    String retryAfter = answered(invokeSample()).extract().path("retryAfter");
    outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.PIN, "004711"));

    assertWithheld(invokeSample(), "BLOCKED").body("until", equalTo(retryAfter));
    assertThat(Instant.parse(retryAfter)).isBetween(before.plus(lock), Instant.now().plus(lock));
    assertRegisteredOnce();
    invoke(sampleRetrying("I know better"));
    assertThat(outside.graph().registers()).hasSize(callsAfterARetry);
  }

  @Test
  void whoDecidesOnAnEntryThatHasChangedDecidesAgain() {
    // Another run had the same PIN refused while this one was asking for the state.
    outside.graph().refuses(400, 133005);
    answered(invokeSample());
    Map<String, AttributeValue> refused = outside.ledger().items().get(0);
    outside.reset();
    outside
        .graph()
        .tellsAfter(
            () -> outside.ledger().put(refused), GraphStandIn.state("ON_PREMISE", "CONNECTED"));
    // The same PIN under the version that was refused is gone with the reset: nobody can compare.

    assertWithheld(invokeSample(), "PIN_REFUSED");
    assertNothingSent();
  }

  @Test
  void whatWasRefusedBeforeAnythingWasClaimedIsKeptAsTheLastResult() {
    outside.objects().remove(Sample.BUCKET, Sample.KEY);

    answered(invokeSample());

    assertThat(outside.ledger().items()).hasSize(1);
    assertThat(outside.ledger().items().get(0).get("entry").s()).contains("INVALID", "NoSuchKey");
    assertThat(outside.ledger().items().get(0)).doesNotContainKey("due");
  }

  @Test
  void theEntryKeepsTheAuditAndLeavesTheIndexWhenAllIsTold() {
    answered(invoke(sampleRetrying("ticket 4711: verified")));

    JsonPath attempt = newestAttempt();
    assertThat(attempt.getString("trigger")).isEqualTo("direct");
    assertThat(attempt.getString("key.secretId")).isEqualTo(Sample.SECRET_ID);
    assertThat(attempt.getString("key.secretVersion")).hasSize(36);
    assertThat(attempt.getString("key.backupRead")).startsWith("s3://" + Sample.BUCKET);
    assertThat(attempt.getString("key.retry.reason")).isEqualTo("ticket 4711: verified");
    assertThat(attempt.getString("result.status")).isEqualTo("MIGRATED");
    assertThat(attempt.getString("claimedAt")).isNotEmpty();
    assertThat(attempt.getString("endedAt")).isNotEmpty();
    assertThat(attempt.getBoolean("published")).isTrue();
    assertThat(outside.ledger().items().get(0))
        .containsKey("expiresAt")
        .doesNotContainKeys("due", "dueAt");
  }

  /** A call that was held back, as the topic heard as well. */
  private ValidatableResponse assertWithheld(ValidatableResponse answer, String reason) {
    return answer
        .spec(withheld(reason))
        .body(
            "nextStep", endsWith("."),
            "$", sameAs(lastPublished()));
  }
}
