package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** However often what is delivered: one call, and a result. */
@QuarkusTest
class AtMostOnceTest extends FunctionTestBase {

  @Test
  void theLedgerThatCannotBeReadMeansThatNothingIsSent() {
    outside.ledger().fails("BatchGetItem", "");

    assertThat(invokeSample().status()).isEqualTo(500);

    assertThat(published().path("status").asText()).isEqualTo("NOT_SENT");
    assertThat(published().path("error").path("message").asText())
        .isEqualTo(
            "dynamodb:BatchGetItem on table number-ferry-ledger was denied: AccessDeniedException");
    assertNothingSent();
  }

  @Test
  void aClaimThatCannotBeWrittenMeansThatNothingIsSent() {
    outside.ledger().fails("PutItem", "");

    assertThat(invokeSample().status()).isEqualTo(500);

    assertThat(published().path("status").asText()).isEqualTo("NOT_SENT");
    assertNothingSent();
    assertThat(outside.ledger().items()).isEmpty();
  }

  @Test
  void aResultThatCannotBeRecordedIsPublishedAndFailsTheInvocation() {
    outside.ledger().fails("PutItem", "MIGRATED");

    Answer answer = invokeSample();

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.json().path("errorType").asText()).isEqualTo("NotRecorded");
    assertThat(published().path("status").asText()).isEqualTo("MIGRATED");
    assertRegisteredOnce();
  }

  @Test
  void theNextDeliveryAfterAResultThatWasNotRecordedFindsTheClaimAndDoesNotCall() {
    outside.ledger().fails("PutItem", "MIGRATED");
    invokeSample();
    outside.aws().recovers();

    JsonNode again = invokeSample().json();

    assertThat(again.path("status").asText()).isEqualTo("WITHHELD");
    assertThat(again.path("reason").asText()).isEqualTo("IN_PROGRESS");
    assertThat(publishedStatuses()).containsExactly("MIGRATED");
    assertRegisteredOnce();
  }

  @Test
  void aResultThatWasNotPublishedIsPublishedByTheNextDelivery() {
    outside.topic().fails();
    assertThat(invokeSample().status()).isEqualTo(500);
    outside.aws().recovers();

    JsonNode again = invokeSample().json();

    assertThat(again.path("status").asText()).isEqualTo("MIGRATED");
    assertThat(again.path("replayed").asBoolean()).isTrue();
    assertThat(lastPublished().path("migrationId")).isEqualTo(again.path("migrationId"));
    assertThat(lastPublished().has("replayed")).isFalse();
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @ValueSource(ints = {133006, 2, 190})
  void aResultIsReplayedAndNotPublishedTwice(int code) {
    outside.graph().refuses(400, code);
    JsonNode first = answered(invokeSample());

    JsonNode again = invokeSample().json();

    assertThat(again).isEqualTo(((ObjectNode) first).put("replayed", true));
    assertThat(publishedStatuses()).hasSize(1);
    assertRegisteredOnce();
  }

  @Test
  void anotherEventForAMigratedNumberIsAnsweredWithoutACall() {
    answered(invokeSample());
    outside.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());

    JsonNode again = invokeSample().json();

    assertThat(again.path("status").asText()).isEqualTo("ALREADY_MIGRATED");
    assertThat(publishedStatuses()).containsExactly("MIGRATED", "ALREADY_MIGRATED");
    assertRegisteredOnce();
  }

  @Test
  void aMigratedNumbersEventIsReplayedEvenWhereItsBackupIsGone() {
    answered(invokeSample());
    outside.objects().remove(Sample.BUCKET, Sample.KEY);

    assertThat(invokeSample().json().path("replayed").asBoolean()).isTrue();
    assertThat(publishedStatuses()).containsExactly("MIGRATED");
  }

  @Test
  void aMigratedNumbersOtherEventIsNotInvalidWhereItsSecretIsGone() {
    answered(invokeSample());
    outside.secrets().remove(Sample.SECRET_ID);

    JsonNode again = invoke(sampleRetrying("none", "because")).json();

    assertThat(again.path("status").asText()).isEqualTo("ALREADY_MIGRATED");
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

    assertThat(invokeSample().json().path("status").asText()).isEqualTo("MIGRATED");
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
    assertThat(invoke(sampleRetrying("another PIN")).json().path("status").asText())
        .isEqualTo("MIGRATED");
  }

  @Test
  void afterAnUnknownEffectOnlyARetryCallsAgain() {
    outside.graph().answers(aResponse().withStatus(502));
    answered(invokeSample());
    outside.secrets().put(Sample.SECRET_ID, Sample.secret());
    outside.graph().reset();

    assertWithheld(invokeSample(), "AFTER_UNKNOWN");
    assertNothingSent();
    assertThat(invoke(sampleRetrying("I looked")).json().path("status").asText())
        .isEqualTo("MIGRATED");
  }

  @Test
  void theSixthCallIn72HoursNeedsARetry() {
    outside.graph().refuses(400, 133006);
    for (int i = 0; i < 5; i++) {
      outside.secrets().put(Sample.SECRET_ID, Sample.secret());
      invokeSample();
    }
    outside.secrets().put(Sample.SECRET_ID, Sample.secret());

    JsonNode sixth = assertWithheld(invokeSample(), "CALL_BUDGET");

    assertThat(sixth.path("until").asText()).matches("20.*Z");
    assertThat(outside.graph().registers()).hasSize(5);
    invoke(sampleRetrying("the number is verified now"));
    assertThat(outside.graph().registers()).hasSize(6);
  }

  @Test
  void aWaitThatWhatsAppWantsIsInTheResultAndKept() {
    outside.graph().refuses(400, 133016);
    JsonNode first = answered(invokeSample());
    outside.secrets().put(Sample.SECRET_ID, Sample.secret());

    JsonNode again = assertWithheld(invokeSample(), "BLOCKED");

    assertThat(again.path("until")).isEqualTo(first.path("retryAfter"));
    assertRegisteredOnce();
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

    Map<String, AttributeValue> item = outside.ledger().items().get(0);
    JsonNode attempt = parse(item.get("entry").s()).path("attempts").path(0);
    assertThat(attempt.path("trigger").asText()).isEqualTo("direct");
    assertThat(attempt.at("/key/secretId").asText()).isEqualTo(Sample.SECRET_ID);
    assertThat(attempt.at("/key/secretVersion").asText()).hasSize(36);
    assertThat(attempt.at("/key/backupRead").asText()).startsWith("s3://" + Sample.BUCKET);
    assertThat(attempt.at("/key/retry/reason").asText()).isEqualTo("ticket 4711: verified");
    assertThat(attempt.at("/result/status").asText()).isEqualTo("MIGRATED");
    assertThat(attempt.path("claimedAt").asText()).isNotEmpty();
    assertThat(attempt.path("endedAt").asText()).isNotEmpty();
    assertThat(attempt.path("published").asBoolean()).isTrue();
    assertThat(item).containsKey("expiresAt").doesNotContainKeys("due", "dueAt");
  }

  private JsonNode assertWithheld(Answer answer, String reason) {
    assertThat(answer.json().path("status").asText()).isEqualTo("WITHHELD");
    assertThat(answer.json().path("reason").asText()).isEqualTo(reason);
    assertThat(answer.json().path("nextStep").asText()).endsWith(".");
    assertThat(lastPublished()).isEqualTo(answer.json());
    return answer.json();
  }
}
