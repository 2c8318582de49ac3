package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A store that denies or fails before the call, and a topic that fails after it. */
@QuarkusTest
class OutsideFailureTest extends FunctionTestBase {

  private static final String SECRET =
      "secretsmanager:GetSecretValue on secret whatsapp/106540352242922";
  private static final String OBJECT =
      "s3:GetObject on s3://number-ferry-backups/106540352242922/backup.json";

  @ParameterizedTest
  @CsvSource({
    "400, AccessDeniedException, ' was denied: AccessDeniedException'",
    "400, DecryptionFailure, ''",
    "500, InternalServiceError, ' failed: InternalServiceError'",
    "503, ServiceUnavailable, ' failed: ServiceUnavailable'",
  })
  void aSecretThatCannotBeReadNowIsNotSent(int status, String code, String message) {
    outside.secrets().fails("GetSecretValue", status, code);

    assertNotSent(
        code.equals("DecryptionFailure")
            ? "kms:Decrypt on the key of secret whatsapp/106540352242922 was denied:"
                + " DecryptionFailure"
            : SECRET + message);
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied, ' was denied: AccessDenied'",
    "500, InternalError, ' failed: InternalError'",
    "503, SlowDown, ' failed: SlowDown'",
  })
  void aBackupThatCannotBeReadNowIsNotSent(int status, String code, String message) {
    outside.objects().fails(status, code);

    assertNotSent(OBJECT + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "503 | `` | failed: HTTP 503",
        "500 | `` | failed: HTTP 500",
        "400 | `` | failed: HTTP 400",
        "403 | `` | was denied: HTTP 403",
        "503 | <html><body>Service Unavailable</body></html> | failed: HTTP 503",
        "502 | <!DOCTYPE html><p>Bad Gateway<br> | failed: HTTP 502",
        "500 | no XML | failed: HTTP 500",
        "400 | <Error></Error> | failed: HTTP 400",
        "403 | <Error><Code></Code></Error> | was denied: HTTP 403",
      })
  void aStoreThatFailsWithoutACodeIsNamedByItsStatus(int status, String body, String message) {
    outside.objects().answers(status, body, Map.of());

    assertNotSent(OBJECT + " " + message);
  }

  @ParameterizedTest
  @CsvSource({
    "500, ''",
    "503, <html>Bad Gateway</html>",
    "400, no JSON",
    "200, <html>Sign in</html>"
  })
  void aSecretsManagerThatAnswersSomethingElseIsNotSent(int status, String body) {
    outside.secrets().answers("GetSecretValue", status, body);

    invokeSample().statusCode(500);

    assertThat(published().getString("status")).isEqualTo("NOT_SENT");
    assertThat(published().getString("error.message")).startsWith(SECRET);
    assertNothingSent();
  }

  @Test
  void aDeniedKeyOfASecretNamesWhatGrantsIt() {
    outside
        .secrets()
        .fails("GetSecretValue", "", 400, "AccessDeniedException", "Access to KMS is not allowed");

    assertNotSent(
        "kms:Decrypt on the key of secret whatsapp/106540352242922 was denied:"
            + " AccessDeniedException");
    assertThat(published().getString("nextStep"))
        .contains("kms:Decrypt", "SecretsKeyArn")
        .endsWith(".");
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied, not authorized to perform: kms:Decrypt",
    "403, AccessDenied, Access Denied",
    "400, KMS.DisabledException, arn:aws:kms:x is disabled"
  })
  void aKeyOfABackupIsNamed(int status, String code, String text) {
    outside
        .objects()
        .answers(
            status,
            "<Error><Code>%s</Code><Message>%s</Message></Error>".formatted(code, text),
            Map.of());

    invokeSample().statusCode(500);

    assertThat(published().getString("status")).isEqualTo("NOT_SENT");
    assertThat(published().getString("nextStep")).containsIgnoringCase("KMS").endsWith(".");
    assertThat(publishedText()).doesNotContain(text);
    assertNothingSent();
  }

  @Test
  void aDeniedReadNamesThePermissionToGrant() {
    outside.objects().fails(403, "AccessDenied");

    invokeSample();

    assertThat(published().getString("nextStep")).contains("grant the function s3:GetObject");
  }

  @Test
  void aServiceControlPolicyIsNamedForSecretAndBackup() {
    String text =
        "User: arn:aws:sts::123456789012:assumed-role/r/f is not authorized to perform: %s on"
            + " resource: y with an explicit deny in a service control policy";
    outside
        .objects()
        .answers(
            403,
            "<Error><Code>AccessDenied</Code><Message>%s</Message></Error>"
                .formatted(text.formatted("s3:GetObject")),
            Map.of());

    assertNotSent(OBJECT + " was denied: AccessDenied");
    assertThat(published().getString("nextStep")).contains("service control policies");

    outside
        .secrets()
        .fails(
            "GetSecretValue",
            "",
            400,
            "AccessDeniedException",
            text.formatted("secretsmanager:GetSecretValue"));
    invokeSample().statusCode(500);
    assertThat(lastPublished().getString("error.message"))
        .isEqualTo(SECRET + " was denied: AccessDeniedException");
    assertThat(lastPublished().getString("nextStep")).contains("service control policies");
    assertNothingSent();
  }

  @ParameterizedTest
  @CsvSource({
    "RequestTimeTooSkewed, clock",
    "InvalidAccessKeyId, AWS_ACCESS_KEY_ID",
    "SignatureDoesNotMatch, AWS_SECRET_ACCESS_KEY",
    "ExpiredToken, AWS_SESSION_TOKEN"
  })
  void whatIsNoDenialSaysWhatItIs(String code, String where) {
    outside.objects().fails(403, code);

    assertNotSent(OBJECT + " failed: " + code);
    assertThat(published().getString("nextStep")).contains(where).doesNotContain("grant");
  }

  @Test
  void aBackupInAnArchiveIsToBeRestored() {
    outside.objects().fails(403, "InvalidObjectState");

    answered(invokeSample())
        .body(
            "status", equalTo("INVALID"),
            "error.message",
                equalTo(
                    "backup lies in an archive of S3:"
                        + " s3://number-ferry-backups/106540352242922/backup.json"),
            "nextStep", containsString("Restore"));
    assertNothingSent();
  }

  @Test
  void aTopicThatFailsFailsTheInvocationWhichSaysWhatTheResultWas() {
    outside.topic().fails();

    JsonPath result = failed(invokeSample(), "NotPublished");

    assertThat(result.getString("status")).isEqualTo("MIGRATED");
    assertThat(result.getString("phoneNumberId")).isEqualTo(Sample.NUMBER);
    assertRegisteredOnce();
  }

  private void assertNotSent(String message) {
    invokeSample()
        .statusCode(500)
        .body("errorMessage", allOf(containsString("NOT_SENT"), containsString(message)));
    assertThat(published().getString("status")).isEqualTo("NOT_SENT");
    assertThat(published().getString("error.message")).isEqualTo(message);
    assertNothingSent();
  }
}
