package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static dev.numberferry.standin.GraphStandIn.error;
import static dev.numberferry.standin.GraphStandIn.state;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A dry run stops before anything is claimed or sent. */
@QuarkusTest
class DryRunTest extends FunctionTestBase {

  @Test
  void findsAllThatIsInTheWayAtOnce() {
    ObjectNode secret = (ObjectNode) parse(Sample.secret());
    outside
        .secrets()
        .put(Sample.SECRET_ID, secret.put("pin", "12345").put("backupPassword", "").toString());
    outside.objects().put(Sample.BUCKET, Sample.KEY, "short".getBytes(StandardCharsets.UTF_8));

    JsonNode result = dryRun();

    assertThat(result.path("status").asText()).isEqualTo("NOT_READY");
    assertThat(result.path("findings").findValuesAsText("field"))
        .containsExactly(
            "pin in secret whatsapp/106540352242922",
            "backupPassword in secret whatsapp/106540352242922",
            "backup");
    assertThat(result.path("findings").findValuesAsText("cure")).allMatch(it -> it.endsWith("."));
    assertThat(result.path("findings").findValuesAsText("severity")).containsOnly("error");
  }

  @Test
  void findsTheKeysThatKeepSecretAndBackupFromBeingRead() {
    outside
        .secrets()
        .fails("GetSecretValue", "", 400, "AccessDeniedException", "Access to KMS is not allowed");
    outside
        .objects()
        .answers(
            403,
            "<Error><Code>AccessDenied</Code><Message>not authorized to perform:"
                + " kms:Decrypt</Message></Error>",
            Map.of());

    JsonNode result = dryRun();

    assertThat(result.path("status").asText()).isEqualTo("NOT_READY");
    assertThat(result.path("findings").findValuesAsText("field"))
        .containsExactly("secretId", "backup");
    assertThat(result.at("/findings/0/cure").asText()).contains("kms:Decrypt", "SecretsKeyArn");
    assertThat(result.at("/findings/1/cure").asText()).contains("kms:Decrypt", "BackupKeyArn");
    assertNothingSent();
  }

  @Test
  void findsTheStateAndTheLedgerInTheWay() {
    outside.graph().refuses(400, 133005);
    answered(invokeSample());
    outside.secrets().put(Sample.SECRET_ID, Sample.secret());
    outside.graph().tells(state("CLOUD_API", "PENDING"));

    JsonNode result = lastDryRun("NOT_READY");

    assertThat(result.path("findings").findValuesAsText("field"))
        .containsExactly("STATE", "PIN_REFUSED");
    assertRegisteredOnce();
  }

  @Test
  void findsThatTheSameAttemptWasMadeBefore() {
    outside.graph().refuses(400, 133006);
    answered(invokeSample());

    assertThat(lastDryRun("NOT_READY").path("findings").findValuesAsText("field"))
        .containsExactly("retry");
  }

  @Test
  void aNumberThatIsSeenOnTheCloudApiHasMoved() {
    outside.graph().tells(state("CLOUD_API", "CONNECTED"));

    JsonNode result = dryRun();

    assertThat(result.path("status").asText()).isEqualTo("ALREADY_MIGRATED");
    assertThat(result.path("platformType").asText()).isEqualTo("CLOUD_API");
    assertThat(outside.graph().askedFor("subscribed_apps")).isEmpty();
  }

  @Test
  void aNumberThatTheLedgerKnowsToHaveMovedIsNotLookedAt() {
    answered(invokeSample());
    int looks = outside.graph().looks().size();
    outside.secrets().put(Sample.SECRET_ID, "gone");

    assertThat(lastDryRun("ALREADY_MIGRATED").path("nextStep").asText()).endsWith(".");

    assertThat(outside.graph().looks()).hasSize(looks);
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @CsvSource({"400, 4", "400, 80007", "503, 133004", "500, 2"})
  void aLookThatWasLimitedOrFailedMeansThatNobodyCanSay(int httpStatus, int code) {
    outside.graph().looksAnswer(error(httpStatus, "{\"error\": {\"code\": " + code + "}}"));
    outside.objects().put(Sample.BUCKET, Sample.KEY, "short".getBytes(StandardCharsets.UTF_8));

    assertThat(invoke(sampleWith("dryRun", true)).status()).isEqualTo(500);

    assertThat(published().path("status").asText()).isEqualTo("NOT_SENT");
    assertThat(published().at("/error/code").asInt()).isEqualTo(code);
    assertThat(published().path("findings").findValuesAsText("field")).containsExactly("backup");
    assertNothingSent();
  }

  @Test
  void aLookThatIsRefusedIsInTheWay() {
    outside.graph().looksAnswer(error(403, "{\"error\": {\"code\": 10}}"));

    JsonNode result = dryRun();

    assertThat(result.path("status").asText()).isEqualTo("NOT_READY");
    assertThat(outside.graph().asked("webhook_configuration")).isEmpty();
  }

  @Test
  void aDeploymentThatIsNotConnectedIsAWarning() {
    outside.graph().tells(state("ON_PREMISE", "DISCONNECTED"));

    assertWarnings(dryRun(), "status");
  }

  @Test
  void whatHoldsMessagesBackIsAWarningWithItsSolution() {
    outside.graph().tells(GraphStandIn.blocked("ON_PREMISE"));

    JsonNode result = dryRun();

    assertWarnings(result, "health");
    assertThat(result.at("/findings/0/problem").asText()).contains("WABA", "141006");
    assertThat(result.at("/findings/0/cure").asText()).isEqualTo("Add a payment method.");
    assertThat(result.at("/health/entities/0/errors/0/code").asInt()).isEqualTo(141006);
  }

  @ParameterizedTest
  @CsvSource({
    "name_status, DECLINED, nameStatus",
    "name_status, EXPIRED, nameStatus",
    "code_verification_status, NOT_VERIFIED, codeVerificationStatus",
    "code_verification_status, EXPIRED, codeVerificationStatus"
  })
  void nameAndVerificationAreWarnings(String field, String told, String finding) {
    outside.graph().tells(state("ON_PREMISE", "CONNECTED").put(field, told));

    assertWarnings(dryRun(), finding);
  }

  @Test
  void aNumberThatNoWebhookServesIsAWarning() {
    ObjectNode state = state("ON_PREMISE", "CONNECTED");
    state.putObject("webhook_configuration");
    outside.graph().tells(state);

    JsonNode result = dryRun();

    assertWarnings(result, "webhooks");
    assertThat(result.at("/webhooks/setOn").asText()).isEqualTo("NONE");
  }

  @Test
  void anAppThatIsNotSubscribedIsAWarningUntilItIs() {
    outside.graph().answers("subscribed_apps", okJson("{\"data\": [{\"id\": \"1\"}]}"));
    // No other test asks for this account, so nothing of it is kept yet.
    ObjectNode state = state("ON_PREMISE", "CONNECTED");
    ((ObjectNode) state.at("/health_status/entities/1")).put("id", "102290129340777");
    outside.graph().tells(state);

    assertWarnings(dryRun(), "webhooks");

    outside
        .graph()
        .answers("subscribed_apps", okJson("{\"data\": [{\"id\": \"" + GraphStandIn.APP + "\"}]}"));
    assertThat(lastDryRun("READY").path("findings")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "default, '', 0",
    "in_country_storage_enabled, de, 0",
    "IN_COUNTRY_STORAGE_ENABLED, BR, 1"
  })
  void anotherRegionThanTheOneAskedForIsAWarning(String status, String region, int warnings) {
    outside
        .graph()
        .answers(
            "settings",
            okJson(
                "{\"storage_configuration\": {\"status\": \"%s\", \"data_localization_region\": \"%s\"}}"
                    .formatted(status, region)));
    ObjectNode event = (ObjectNode) parse(sampleWith("dryRun", true));

    JsonNode result = answered(invoke(event.put("dataLocalizationRegion", "DE").toString()));

    assertThat(result.path("status").asText()).isEqualTo("READY");
    assertThat(result.path("findings")).hasSize(warnings);
    assertNothingSent();
  }

  @Test
  void warningsStandBesideErrors() {
    outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.PIN, "generate"));
    outside.graph().tells(state("ON_PREMISE", "DISCONNECTED"));

    JsonNode result = dryRun();

    assertThat(result.path("status").asText()).isEqualTo("NOT_READY");
    assertThat(result.path("findings").findValuesAsText("severity"))
        .containsExactly("error", "warning");
  }

  @Test
  void isReadyAndLeavesNothingBehind() {
    outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.PIN, "generate"));
    outside.graph().tells(state("ON_PREMISE", "CONNECTED").put("is_pin_enabled", false));

    JsonNode result = dryRun();

    assertThat(result.path("status").asText()).isEqualTo("READY");
    assertThat(result.path("findings")).isEmpty();
    assertThat(result.path("displayPhoneNumber").asText()).isEqualTo("+1 555-123-4567");
    assertThat(outside.ledger().items()).isEmpty();
    assertThat(outside.secrets().calls("PutSecretValue")).isZero();
  }

  private JsonNode dryRun() {
    JsonNode result = answered(invoke(sampleWith("dryRun", true)));
    assertNothingSent();
    return result;
  }

  private JsonNode lastDryRun(String status) {
    JsonNode result = invoke(sampleWith("dryRun", true)).json();
    assertThat(result.path("status").asText()).isEqualTo(status);
    assertThat(lastPublished()).isEqualTo(result);
    return result;
  }

  private static void assertWarnings(JsonNode result, String... fields) {
    assertThat(result.path("status").asText()).isEqualTo("READY");
    assertThat(result.path("findings").findValuesAsText("field")).containsExactly(fields);
    assertThat(result.path("findings").findValuesAsText("severity")).containsOnly("warning");
    assertThat(result.path("nextStep").asText()).contains("warnings");
  }
}
