package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static dev.numberferry.standin.GraphStandIn.error;
import static dev.numberferry.standin.GraphStandIn.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A dry run stops before anything is claimed or sent. */
@QuarkusTest
class DryRunTest extends FunctionTestBase {

  private static final String PASSWORD = "backupPassword in secret whatsapp/106540352242922";

  @Test
  void findsAllThatIsInTheWayAtOnce() {
    ObjectNode secret = (ObjectNode) parse(Sample.secret());
    outside
        .secrets()
        .put(Sample.SECRET_ID, secret.put("pin", "12345").put("backupPassword", "").toString());
    outside.objects().put(Sample.BUCKET, Sample.KEY, "short".getBytes(StandardCharsets.UTF_8));

    dryRun()
        .body(
            "status", equalTo("NOT_READY"),
            "findings.field",
                contains(
                    "pin in secret whatsapp/106540352242922",
                    "backupPassword in secret whatsapp/106540352242922",
                    "backup"),
            "findings.cure", everyItem(endsWith(".")),
            "findings.severity", contains("error", "error", "error"));
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

    dryRun()
        .body(
            "status", equalTo("NOT_READY"),
            "findings.field", contains("secretId", "backup"),
            "findings[0].cure",
                allOf(containsString("kms:Decrypt"), containsString("SecretsKeyArn")),
            "findings[1].cure",
                allOf(containsString("kms:Decrypt"), containsString("BackupKeyArn")));
    assertNothingSent();
  }

  @Test
  void findsThatSecretAndBackupAreAnotherNumbers() {
    String key = OTHER_NUMBER + "/backup.json";
    outside.secrets().put("whatsapp/" + OTHER_NUMBER, Sample.secret());
    outside.objects().put(Sample.BUCKET, key, Sample.backupFile());
    ObjectNode event = sample().put("dryRun", true).put("secretId", "whatsapp/" + OTHER_NUMBER);
    ((ObjectNode) event.path("backup")).put("key", key);

    answered(invoke(event.toString()))
        .body(
            "status", equalTo("NOT_READY"),
            "findings.field", contains("secretId", "backup.key"));
    assertNothingSent();
  }

  @Test
  void findsTheStateAndTheLedgerInTheWay() {
    outside.graph().refuses(400, 133005);
    answered(invokeSample());
    outside.secrets().put(Sample.SECRET_ID, Sample.secret());
    outside.graph().tells(state("CLOUD_API", "PENDING"));

    lastDryRun("NOT_READY").body("findings.field", contains("STATE", "PIN_REFUSED"));
    assertRegisteredOnce();
  }

  @Test
  void findsThatTheSameAttemptWasMadeBefore() {
    outside.graph().refuses(400, 133006);
    answered(invokeSample());

    lastDryRun("NOT_READY").body("findings.field", contains("retry"));
  }

  @Test
  void aNumberThatIsSeenOnTheCloudApiHasMoved() {
    outside.graph().tells(state("CLOUD_API", "CONNECTED"));

    dryRun()
        .body(
            "status", equalTo("ALREADY_MIGRATED"),
            "platformType", equalTo("CLOUD_API"));
    assertThat(outside.graph().askedFor("subscribed_apps")).isEmpty();
  }

  @Test
  void aNumberThatTheLedgerKnowsToHaveMovedIsNotLookedAt() {
    answered(invokeSample());
    int looks = outside.graph().looks().size();
    outside.secrets().put(Sample.SECRET_ID, "gone");

    lastDryRun("ALREADY_MIGRATED").body("nextStep", endsWith("."));

    assertThat(outside.graph().looks()).hasSize(looks);
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @CsvSource({"400, 4", "400, 80007", "503, 133004", "500, 2"})
  void aLookThatWasLimitedOrFailedMeansThatNobodyCanSay(int httpStatus, int code) {
    outside.graph().looksAnswer(error(httpStatus, "{\"error\": {\"code\": " + code + "}}"));
    outside.objects().put(Sample.BUCKET, Sample.KEY, "short".getBytes(StandardCharsets.UTF_8));

    invoke(sampleWith("dryRun", true)).statusCode(500);

    assertThat(published().getString("status")).isEqualTo("NOT_SENT");
    assertThat(published().getInt("error.code")).isEqualTo(code);
    assertThat(published().getList("findings.field")).containsExactly("backup");
    assertNothingSent();
  }

  @Test
  void aLookThatIsRefusedIsInTheWay() {
    outside.graph().looksAnswer(error(403, "{\"error\": {\"code\": 10}}"));

    dryRun().body("status", equalTo("NOT_READY"));
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

    assertWarnings(dryRun(), "health")
        .body(
            "findings[0].problem", allOf(containsString("WABA"), containsString("141006")),
            "findings[0].cure", equalTo("Add a payment method."),
            "health.entities[0].errors[0].code", equalTo(141006));
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

    assertWarnings(dryRun(), "webhooks").body("webhooks.setOn", equalTo("NONE"));
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
    lastDryRun("READY").body("findings", empty());
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

    answered(invoke(sample().put("dryRun", true).put("dataLocalizationRegion", "DE").toString()))
        .body(
            "status", equalTo("READY"),
            "findings", hasSize(warnings));
    assertNothingSent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", " ", "\t", "\u00a0", "\u200b", "\ufeff", "\u0000"})
  void aPasswordWithWhiteSpaceAtAnEndIsAWarningAndStaysAsItIs(String space) {
    for (String password : List.of(Sample.PASSWORD + space, space + Sample.PASSWORD)) {
      ObjectNode secret = (ObjectNode) parse(Sample.secret());
      outside.secrets().put(Sample.SECRET_ID, secret.put("backupPassword", password).toString());

      assertWarnings(invoke(sampleWith("dryRun", true)), PASSWORD)
          .body("findings[0].problem", containsString("white space"));
      assertNothingSent();
    }
  }

  /** What the secret shows needs no look, and a token that is refused is not asked about. */
  @Test
  void aPasswordIsWarnedOfWhereTheLookDoesNotSeeTheNumber() {
    outside.graph().answers("debug_token", okJson("{}"));
    passwordWithWhiteSpace();
    outside.graph().looksAnswer(error(401, "{\"error\": {\"code\": 190}}"));

    dryRun()
        .body(
            "status", equalTo("NOT_READY"),
            "findings.severity", contains("error", "warning"),
            "findings[1].field", equalTo(PASSWORD));
    assertThat(outside.graph().askedFor("debug_token")).isEmpty();
  }

  @Test
  void aPasswordIsWarnedOfWhereNobodyCanSay() {
    passwordWithWhiteSpace();
    outside.graph().looksAnswer(error(500, "{\"error\": {\"code\": 2}}"));

    invoke(sampleWith("dryRun", true)).statusCode(500);

    assertThat(published().getString("status")).isEqualTo("NOT_SENT");
    assertThat(published().getList("findings.field")).containsExactly(PASSWORD);
    assertNothingSent();
  }

  @Test
  void ofANumberThatHasMovedNothingIsExpected() {
    passwordWithWhiteSpace();
    outside.graph().tells(state("CLOUD_API", "CONNECTED"));

    dryRun().body("status", equalTo("ALREADY_MIGRATED"), "$", not(hasKey("findings")));
  }

  private void passwordWithWhiteSpace() {
    ObjectNode secret = (ObjectNode) parse(Sample.secret());
    secret.put("backupPassword", Sample.PASSWORD + "\n");
    outside.secrets().put(Sample.SECRET_ID, secret.toString());
  }

  @ParameterizedTest
  @CsvSource({"-60, 1", "3600, 1", "86000, 1", "90000, 0"})
  void aTokenThatExpiresBeforeTomorrowIsAWarning(long seconds, int warnings) {
    Instant expiresAt = Instant.now().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS);
    tellsOfAToken("Expires" + seconds, "{\"expires_at\": " + expiresAt.getEpochSecond() + "}");

    dryRun()
        .body(
            "status", equalTo("READY"),
            "findings", hasSize(warnings),
            "findings.field", everyItem(equalTo("accessToken in secret " + Sample.SECRET_ID)),
            "findings.problem", everyItem(containsString(expiresAt.toString())));
    assertThat(outside.graph().askedFor("debug_token")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"expires_at\": 0}", "{}", "{\"expires_at\": \"never\"}", "[]"})
  void aTokenThatDoesNotExpireIsNone(String told) {
    tellsOfAToken("Stays" + told.hashCode(), told);

    dryRun().body("status", equalTo("READY"), "findings", empty());
  }

  @Test
  void aTokenThatNobodyTellsOfIsNoObstacle() {
    tellsOfAToken("Untold", "{}");
    outside.graph().answers("debug_token", error(400, "{\"error\": {\"code\": 100}}"));

    dryRun().body("status", equalTo("READY"), "findings", empty());
  }

  @Test
  void theSharedTokenIsNamedByItsVariable() {
    String token = Sample.TOKEN + "SharedExpires";
    onlySharedToken(token);
    long soon = Instant.now().plusSeconds(60).getEpochSecond();
    outside.graph().answers("debug_token", okJson("{\"data\": {\"expires_at\": " + soon + "}}"));

    assertWarnings(dryRun(), "FERRY_TOKEN_SECRET_ID");
  }

  @Test
  void aMigrationDoesNotAskWhenTheTokenExpires() {
    tellsOfAToken("Moves", "{}");

    answered(invokeSample()).body("status", equalTo("MIGRATED"));

    assertThat(outside.graph().askedFor("debug_token")).isEmpty();
    assertRegisteredOnce();
  }

  /** A token that no other test asks about, so that nothing of it is kept yet. */
  private void tellsOfAToken(String end, String told) {
    String token = Sample.TOKEN + end;
    outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.TOKEN, token));
    outside.graph().answers("debug_token", okJson("{\"data\": " + told + "}"));
  }

  @Test
  void warningsStandBesideErrors() {
    outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.PIN, "generate"));
    outside.graph().tells(state("ON_PREMISE", "DISCONNECTED"));

    dryRun()
        .body(
            "status", equalTo("NOT_READY"),
            "findings.severity", contains("error", "warning"));
  }

  @Test
  void isReadyAndLeavesOnlyItsAnswerBehind() {
    outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.PIN, "generate"));
    outside.graph().tells(state("ON_PREMISE", "CONNECTED").put("is_pin_enabled", false));

    dryRun()
        .body(
            "status", equalTo("READY"),
            "findings", empty(),
            "displayPhoneNumber", equalTo("+1 555-123-4567"));
    assertThat(entry().getList("attempts")).isEmpty();
    assertThat(outside.secrets().calls("PutSecretValue")).isZero();
  }

  private ValidatableResponse dryRun() {
    ValidatableResponse answer = answered(invoke(sampleWith("dryRun", true)));
    assertNothingSent();
    return answer;
  }

  private ValidatableResponse lastDryRun(String status) {
    return invoke(sampleWith("dryRun", true))
        .body(
            "status", equalTo(status),
            "$", sameAs(lastPublished()));
  }

  private static ValidatableResponse assertWarnings(ValidatableResponse answer, String finding) {
    return answer.body(
        "status", equalTo("READY"),
        "findings.field", contains(finding),
        "findings.severity", contains("warning"),
        "nextStep", containsString("warnings"));
  }
}
