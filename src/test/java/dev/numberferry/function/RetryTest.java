package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static dev.numberferry.standin.GraphStandIn.state;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
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
        "{\"after\": \"none\", \"reason\": \"I\\nlooked\"}"
      })
  void aRetryThatDoesNotSayWhatItIsAfterAndWhyIsInvalid(String retry) {
    JsonNode result = answered(invoke(sampleWith("retry", parse(retry))));

    assertThat(result.path("status").asText()).isEqualTo("INVALID");
    assertThat(result.at("/error/message").asText()).startsWith("retry");
    assertThat(result.path("nextStep").asText()).contains("\"after\"", "\"reason\"");
    assertNothingSent();
  }

  @Test
  void aRetryThatWasNotPublishedIsNotANewAttemptWithANewVersionOfTheSecret() {
    outside.graph().answers(aResponse().withStatus(502));
    answered(invokeSample());
    String retry = sampleRetrying("I looked");
    outside.topic().fails();
    assertThat(invoke(retry).status()).isEqualTo(500);
    outside.aws().recovers();
    outside.secrets().put(Sample.SECRET_ID, Sample.secret());

    JsonNode again = invoke(retry).json();

    assertThat(again.path("status").asText()).isEqualTo("UNKNOWN");
    assertThat(again.path("replayed").asBoolean()).isTrue();
    assertThat(outside.graph().registers()).hasSize(2);
  }

  @Test
  void aRetryIsNotANewAttemptWithANewObjectUnderItsKey() {
    outside.graph().answers(aResponse().withStatus(502));
    answered(invokeSample());
    String retry = sampleRetrying("I looked");
    invoke(retry);
    outside.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());

    assertThat(invoke(retry).json().path("replayed").asBoolean()).isTrue();
    assertThat(outside.graph().registers()).hasSize(2);
  }

  @Test
  void anOlderRetryAfterANewerUnknownIsOutdatedAndSaysWhatCameSince() {
    outside.graph().answers(aResponse().withStatus(502));
    answered(invokeSample());
    String older = sampleRetrying("left in a dead-letter queue");
    JsonNode newer = invoke(sampleRetrying("I looked")).json();

    JsonNode result = invoke(older).json();

    assertThat(result.path("reason").asText()).isEqualTo("OUTDATED_RETRY");
    String since = newer.path("migrationId").asText() + "/UNKNOWN";
    assertThat(result.at("/error/message").asText()).contains(since);
    assertThat(result.at("/retry/after").asText()).isEqualTo(since);
    assertThat(lastPublished()).isEqualTo(result);
    assertThat(outside.graph().registers()).hasSize(2);
  }

  @Test
  void whatAResultCarriesIsReadyToBeSent() {
    outside.graph().answers(aResponse().withStatus(502));
    JsonNode unknown = answered(invokeSample());
    outside.secrets().put(Sample.SECRET_ID, Sample.secret());
    JsonNode heldBack = invokeSample().json();
    outside.graph().reset();

    assertThat(unknown.at("/retry/after").asText())
        .isEqualTo(unknown.path("migrationId").asText() + "/UNKNOWN");
    assertThat(heldBack.path("retry")).isEqualTo(unknown.path("retry"));
    String retry = sampleRetrying(heldBack.at("/retry/after").asText(), "I looked");
    assertThat(invoke(retry).json().path("status").asText()).isEqualTo("MIGRATED");
  }

  @Test
  void aReplayCarriesThePresentRetry() {
    outside.graph().refuses(400, 133006);
    answered(invokeSample());
    JsonNode later = invoke(sampleRetrying("verified")).json();

    assertThat(invokeSample().json().path("retry")).isEqualTo(later.path("retry"));
  }

  @Test
  void aNumberThatNeverMovedAlthoughItWasToldIsNoDeadEnd() {
    outside.graph().answers(okJson("{\"success\": true}"));
    JsonNode told = answered(invokeSample());
    assertThat(told.path("status").asText()).isEqualTo("MIGRATED");
    String after = told.path("migrationId").asText() + "/MIGRATED";

    JsonNode again = invoke(sampleRetrying(after, "it is still on On-Premises")).json();

    assertThat(again.path("status").asText()).isEqualTo("MIGRATED");
    assertThat(again.has("replayed")).isFalse();
    assertThat(outside.graph().registers()).hasSize(2);
  }

  @Test
  void aNumberThatHasMovedIsNotCalledWhateverARetryKnows() {
    JsonNode told = answered(invokeSample());
    String after = told.path("migrationId").asText() + "/MIGRATED";

    JsonNode again = invoke(sampleRetrying(after, "I know better")).json();

    assertThat(again.path("status").asText()).isEqualTo("ALREADY_MIGRATED");
    assertRegisteredOnce();
  }

  @Test
  void aDryRunChecksARetryAndUsesNothingUp() {
    outside.graph().answers(aResponse().withStatus(502));
    JsonNode unknown = answered(invokeSample());
    String after = unknown.at("/retry/after").asText();

    JsonNode outdated = invoke(dry(sampleRetrying("none", "I looked"))).json();
    JsonNode fine = invoke(dry(sampleRetrying(after, "I looked"))).json();

    assertThat(outdated.path("status").asText()).isEqualTo("NOT_READY");
    assertThat(outdated.path("findings").findValuesAsText("field"))
        .containsExactly("OUTDATED_RETRY");
    assertThat(outdated.at("/retry/after").asText()).isEqualTo(after);
    assertThat(fine.path("status").asText()).isEqualTo("READY");
    outside.graph().reset();
    assertThat(invoke(sampleRetrying(after, "I looked")).json().path("status").asText())
        .isEqualTo("MIGRATED");
  }

  @Test
  void anOldRefusalDoesNotHideThatTheNewPinIsNone() {
    outside.graph().refuses(400, 133005);
    answered(invokeSample());
    outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.PIN, "12345"));

    JsonNode result = invokeSample().json();

    assertThat(result.path("status").asText()).isEqualTo("INVALID");
    assertThat(result.at("/error/message").asText()).startsWith("pin in secret");
    assertThat(lastPublished()).isEqualTo(result);
    assertRegisteredOnce();
  }

  @Test
  void anOldRefusalDoesNotHideThatTheNewObjectIsNoBackup() {
    outside.graph().refuses(400, 133006);
    answered(invokeSample());
    outside.objects().put(Sample.BUCKET, Sample.KEY, "<html>".getBytes());

    assertThat(invokeSample().json().path("status").asText()).isEqualTo("INVALID");
    assertThat(publishedStatuses()).containsExactly("REJECTED", "INVALID");
    assertRegisteredOnce();
  }

  @Test
  void aStateThatARetryCanLiftCarriesItAndOneOnTheCloudApiDoesNot() {
    outside.graph().tells(state("ON_PREMISE", "BANNED"));
    assertThat(invokeSample().json().at("/retry/after").asText()).isEqualTo("none");
    outside.graph().tells(state("CLOUD_API", "PENDING"));
    assertThat(invokeSample().json().has("retry")).isFalse();
  }

  private static String dry(String event) {
    return ((ObjectNode) parse(event)).put("dryRun", true).toString();
  }
}
