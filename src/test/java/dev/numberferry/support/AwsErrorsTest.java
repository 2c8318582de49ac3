package dev.numberferry.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.domain.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

class AwsErrorsTest {

  private static final String NOT_TOLD = "(told nobody) ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "secretsmanager:GetSecretValue | 400 | AccessDeniedException | Access to KMS is not allowed"
            + " | kms:Decrypt | SecretsKeyArn",
        "secretsmanager:GetSecretValue | 400 | AccessDeniedException | User: x is not authorized to"
            + " perform: kms:Decrypt on resource: y | kms:Decrypt | SecretsKeyArn",
        "secretsmanager:GetSecretValue | 400 | DecryptionFailure | - | kms:Decrypt | SecretsKeyArn",
        "secretsmanager:PutSecretValue | 400 | EncryptionFailure | - | kms:Decrypt and"
            + " kms:GenerateDataKey | SecretsKeyArn",
        "s3:GetObject | 403 | AccessDenied | User: x is not authorized to perform: kms:Decrypt |"
            + " kms:Decrypt | BackupKeyArn",
        "s3:GetObject | 403 | AccessDenied | The ciphertext refers to a customer master key that"
            + " does not exist | kms:Decrypt | BackupKeyArn",
        "sns:Publish | 400 | KMSAccessDenied | - | kms:Decrypt and kms:GenerateDataKey | the topic",
        "sqs:SendMessage | 400 | KMS.AccessDeniedException | - | kms:Decrypt and"
            + " kms:GenerateDataKey | the topic",
        "sqs:SendMessage | 400 | KmsAccessDenied | - | kms:Decrypt and kms:GenerateDataKey | the"
            + " topic",
        "dynamodb:GetItem | 400 | AccessDeniedException | KMS key access denied error: z |"
            + " kms:Decrypt | the topic",
      })
  void aDeniedKeyNamesWhatToGrantAndTheParameterThatDoes(
      String permission, int status, String code, String text, String actions, String where) {
    StoreException failure = of(permission, status, code, text);

    assertThat(failure)
        .hasMessage(actions + " on the key of the topic was denied: " + code)
        .hasMessageNotContaining(NOT_TOLD);
    assertThat(failure.cure())
        .startsWith("Nothing was sent: grant the function " + actions + " on the KMS key of the")
        .contains(where)
        .endsWith(".")
        .doesNotContain(NOT_TOLD);
  }

  @ParameterizedTest
  @CsvSource({
    "s3:GetObject, KMS.DisabledException",
    "s3:GetObject, KMS.KMSInvalidStateException",
    "sns:Publish, KMSNotFound",
    "sqs:SendMessage, KMS.OptInRequired",
  })
  void aKeyThatIsDisabledOrGoneIsToBeEnabled(String permission, String code) {
    StoreException failure = of(permission, 400, code, "arn:aws:kms:x");

    assertThat(failure)
        .hasMessage(permission + " on the topic failed because of its KMS key: " + code);
    assertThat(failure.cure()).contains("enable the KMS key of the topic").endsWith(".");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "s3:GetObject, 403, AccessDenied, BackupKeyArn",
        "s3:GetObject, 403, -, BackupKeyArn",
        "secretsmanager:GetSecretValue, 400, AccessDeniedException, SecretsKeyArn",
      })
  void aDenialThatDoesNotSayOfWhatNamesBoth(
      String permission, int status, String code, String parameter) {
    StoreException failure = of(permission, status, code, null);

    assertThat(failure.getMessage()).startsWith(permission + " on the topic was denied: ");
    assertThat(failure.cure())
        .startsWith("Nothing was sent: grant the function " + permission + " on the topic and")
        .contains("kms:Decrypt", parameter)
        .endsWith(".");
  }

  @ParameterizedTest
  @CsvSource({
    "s3:GetObject, AccessDenied, arn:aws:iam::1:role/KMS is not authorized to perform:"
        + " s3:GetObject",
    "dynamodb:PutItem, AccessDeniedException, not authorized to perform: dynamodb:PutItem",
    "sns:Publish, AuthorizationError, not authorized to perform: SNS:Publish",
  })
  void aDenialOfAnotherActionNamesThatAlone(String permission, String code, String text) {
    StoreException failure = of(permission, 403, code, text);

    assertThat(failure).hasMessage(permission + " on the topic was denied: " + code);
    assertThat(failure.cure())
        .isEqualTo(
            "Nothing was sent: grant the function "
                + permission
                + " on the topic, then send the same event again.");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "503, -, HTTP 503",
        "500, '', HTTP 500",
        "400, -, HTTP 400",
        "503, SlowDown, SlowDown",
        "400, KMS.ThrottlingException, KMS.ThrottlingException"
      })
  void anAnswerWithoutACodeIsNamedByItsStatus(int status, String code, String shown) {
    StoreException failure = of("s3:GetObject", status, code, null);

    assertThat(failure).hasMessage("s3:GetObject on the topic failed: " + shown);
    assertThat(failure.cure()).contains("again in a minute");
  }

  @Test
  void anAnswerWithoutAnyDetailsToo() {
    var bare = AwsServiceException.builder().statusCode(502).build();

    assertThat(AwsErrors.of("s3:GetObject", "x", bare))
        .hasMessage("s3:GetObject on x failed: HTTP 502");
  }

  @Test
  void noAnswerAtAllNamesTheFaultBeneath() {
    var thrown = SdkClientException.create("x", new java.net.UnknownHostException("host"));

    assertThat(AwsErrors.of("s3:GetObject", "x", thrown))
        .hasMessage("s3:GetObject on x got no answer (UnknownHostException)");
  }

  private static StoreException of(String permission, int status, String code, String text) {
    var details =
        AwsErrorDetails.builder()
            .errorCode(code)
            .errorMessage(text == null ? null : NOT_TOLD + text)
            .build();
    return AwsErrors.of(
        permission,
        "the topic",
        AwsServiceException.builder().statusCode(status).awsErrorDetails(details).build());
  }
}
