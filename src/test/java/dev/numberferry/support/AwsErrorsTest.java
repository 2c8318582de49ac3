package dev.numberferry.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.domain.StoreException;
import java.util.List;
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
        .startsWith("Nothing was sent: grant the function " + permission + " on the topic")
        .contains("kms:Decrypt", parameter)
        .endsWith(".");
    assertThat(failure.cure().contains("requester pays")).isEqualTo(permission.startsWith("s3:"));
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
        .startsWith("Nothing was sent: grant the function " + permission + " on the topic")
        .endsWith(", then send the same event again.")
        .doesNotContain("kms:", "KMS");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "with an explicit deny in a service control policy | the organization's service control"
            + " policies",
        "with an explicit deny in a service control policy:"
            + " arn:aws:organizations::123456789012:policy/o-x/service_control_policy/p-y | the"
            + " organization's service control policies",
        "because no service control policy allows the s3:GetObject action | the organization's"
            + " service control policies",
        "with an explicit deny in a resource control policy | the organization's resource control"
            + " policies",
        "because no resource control policy allows the s3:GetObject action | the organization's"
            + " resource control policies",
        "because no permissions boundary allows the s3:GetObject action | the permissions boundary"
            + " of the function's role",
        "with an explicit deny in a permissions boundary | the permissions boundary of the"
            + " function's role",
        "because no session policy allows the s3:GetObject action | the session policy",
        "with an explicit deny in a session policy | the session policy",
        "because no VPC endpoint policy allows the s3:GetObject action | the policy of the VPC"
            + " endpoint",
        "with an explicit deny in a VPC endpoint policy | the policy of the VPC endpoint",
        "because no resource-based policy allows the s3:GetObject action | the policy of the topic"
            + " itself",
        "with an explicit deny in a resource-based policy | the policy of the topic itself",
        "with an explicit deny in an identity-based policy | the policies of the function's role",
      })
  void aDenialNamesTheKindOfPolicyThatDenied(String why, String policy) {
    for (String code : List.of("AccessDenied", "AccessDeniedException")) {
      StoreException failure =
          of(
              "s3:GetObject",
              403,
              code,
              "User: x is not authorized to perform: s3:GetObject on resource: y " + why);

      assertThat(failure).hasMessage("s3:GetObject on the topic was denied: " + code);
      assertThat(failure.isLasting()).isTrue();
      assertThat(failure.cure())
          .startsWith("Nothing was sent: ")
          .contains(policy, "s3:GetObject", "then send the same event again")
          .doesNotContain("grant the function", "arn:", "123456789012")
          .endsWith(".");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "s3:GetObject, 'ExistingBackupBucket and BackupPrefix'",
    "secretsmanager:GetSecretValue, 'SecretPrefix and TokenSecretId'",
    "dynamodb:PutItem, ExistingLedger",
    "sns:Publish, FERRY_TOPIC_ARN",
    "sqs:SendMessage, FERRY_QUEUE_URL",
  })
  void whatNoPolicyOfTheFunctionAllowsIsGrantedByAParameter(String permission, String place) {
    StoreException failure =
        of(
            permission,
            403,
            "AccessDeniedException",
            "x is not authorized to perform: %s on resource: y because no identity-based policy"
                    .formatted(permission)
                + " allows the action");

    assertThat(failure.cure())
        .startsWith("Nothing was sent: grant the function " + permission + " on the topic")
        .contains(place)
        .endsWith(".");
  }

  /** A parameter for another bucket would send the operator astray. */
  @ParameterizedTest
  @CsvSource({
    "AccessDenied, not authorized to perform: s3:GetObject",
    "AccessDenied, Access Denied",
    "AccessDenied, not authorized to perform: kms:Decrypt"
  })
  void whatNoSettingGrantsNamesNone(String code, String text) {
    AwsErrorDetails details = AwsErrorDetails.builder().errorCode(code).errorMessage(text).build();

    assertThat(
            AwsErrors.of(
                    "s3:GetObject",
                    "s3://fleet/runs",
                    Setting.NONE,
                    AwsServiceException.builder().statusCode(403).awsErrorDetails(details).build())
                .cure())
        .startsWith("Nothing was sent: grant the function ")
        .contains("s3://fleet/runs")
        .doesNotContain("parameter", "requester", "where a KMS key");
  }

  @Test
  void theNameOfAResourceIsNotTakenForThePolicy() {
    StoreException failure =
        of(
            "s3:GetObject",
            403,
            "AccessDenied",
            "x is not authorized to perform: s3:GetObject on resource: with an explicit deny in a"
                + " session policy with an explicit deny in a service control policy");

    assertThat(failure.cure())
        .contains("service control policies")
        .doesNotContain("session policy");
  }

  @Test
  void aPolicyThatDeniesTheKeyIsNamedBesideTheKey() {
    StoreException failure =
        of(
            "s3:GetObject",
            403,
            "AccessDenied",
            "x is not authorized to perform: kms:Decrypt on resource: y with an explicit deny in a"
                + " service control policy");

    assertThat(failure.isAboutKey()).isTrue();
    assertThat(failure.cure()).contains("kms:Decrypt", "service control policies").endsWith(".");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "403 | RequestTimeTooSkewed | - | clock",
        "403 | RequestExpired | - | clock",
        "400 | RequestExpired | - | clock",
        "403 | InvalidSignatureException | Signature expired: 1 is now earlier than 2 | clock",
        "400 | InvalidSignatureException | Signature not yet current: 2 is still later | clock",
        "403 | SignatureDoesNotMatch | Signature expired: 1 is now earlier than 2 | clock",
        "403 | InvalidAccessKeyId | - | AWS_ACCESS_KEY_ID",
        "403 | InvalidClientTokenId | - | AWS_ACCESS_KEY_ID",
        "400 | UnrecognizedClientException | - | AWS_ACCESS_KEY_ID",
        "403 | SignatureDoesNotMatch | The request signature we calculated | AWS_SECRET_ACCESS_KEY",
        "400 | InvalidSignatureException | The request signature we | AWS_SECRET_ACCESS_KEY",
        "403 | IncompleteSignature | - | AWS_SECRET_ACCESS_KEY",
        "403 | MissingAuthenticationToken | - | AWS_ACCESS_KEY_ID",
        "400 | MissingAuthenticationTokenException | - | AWS_ACCESS_KEY_ID",
        "400 | InvalidToken | - | AWS_SESSION_TOKEN",
        "400 | ExpiredToken | - | AWS_SESSION_TOKEN",
        "403 | ExpiredTokenException | - | AWS_SESSION_TOKEN",
        "400 | TokenRefreshRequired | - | AWS_SESSION_TOKEN",
        "403 | SignatureDoesNotMatch | Credential should be scoped to a valid region | AWS_REGION",
        "400 | InvalidSignatureException | Credential should be scoped to a valid Region |"
            + " AWS_REGION",
        "403 | OptInRequired | - | account",
        "400 | SubscriptionRequiredException | - | account",
        "403 | NotSignedUp | - | account",
        "403 | AccountProblem | - | account",
        "403 | AllAccessDisabled | - | account",
      })
  void whatIsNoDenialIsNotAnsweredWithAGrant(int status, String code, String text, String where) {
    for (String permission : List.of("s3:GetObject", "dynamodb:GetItem", "sns:Publish")) {
      StoreException failure = of(permission, status, code, text);

      assertThat(failure).hasMessage(permission + " on the topic failed: " + code);
      assertThat(failure.cure())
          .startsWith("Nothing was sent: ")
          .contains(where, "then send the same event again")
          .doesNotContain("grant", "kms:", NOT_TOLD)
          .endsWith(".");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "sns:Publish | 404 | NotFound | Topic does not exist | FERRY_TOPIC_ARN",
        "sns:Publish | 404 | NotFoundException | - | FERRY_TOPIC_ARN",
        "sns:Publish | 400 | InvalidParameter | Invalid parameter: TopicArn | FERRY_TOPIC_ARN",
        "sqs:SendMessage | 400 | AWS.SimpleQueueService.NonExistentQueue | - | FERRY_QUEUE_URL",
        "sqs:SendMessage | 400 | QueueDoesNotExist | - | FERRY_QUEUE_URL",
        "sqs:SendMessage | 404 | InvalidAddress | - | FERRY_QUEUE_URL",
      })
  void whatIsNotThereIsNamedWithTheVariableThatNamesIt(
      String permission, int status, String code, String text, String variable) {
    StoreException failure = of(permission, status, code, text);

    assertThat(failure).hasMessage(permission + " failed, as the topic does not exist: " + code);
    assertThat(failure.cure()).contains(variable, "AWS_REGION").endsWith(".");
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

    assertThat(AwsErrors.of("s3:GetObject", "x", Setting.BACKUPS, bare))
        .hasMessage("s3:GetObject on x failed: HTTP 502");
  }

  @Test
  void noAnswerAtAllNamesTheFaultBeneath() {
    var thrown = SdkClientException.create("x", new java.net.UnknownHostException("host"));

    assertThat(AwsErrors.of("s3:GetObject", "x", Setting.BACKUPS, thrown))
        .hasMessage("s3:GetObject on x got no answer (UnknownHostException)");
  }

  @Test
  void noAnswerBehindAProxySendsToItsVariables() {
    var thrown = SdkClientException.create("x", new java.net.ConnectException());

    assertThat(AwsErrors.of("s3:GetObject", "x", Setting.BACKUPS, thrown).cure())
        .doesNotContain("PROXY");
    System.setProperty("HTTPS_PROXY", "http://proxy.example:3128");
    try {
      assertThat(AwsErrors.of("s3:GetObject", "x", Setting.BACKUPS, thrown).cure())
          .contains("credentials, and HTTPS_PROXY and NO_PROXY, then send");
    } finally {
      System.clearProperty("HTTPS_PROXY");
    }
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
        setting(permission),
        AwsServiceException.builder().statusCode(status).awsErrorDetails(details).build());
  }

  private static Setting setting(String permission) {
    return switch (permission.substring(0, permission.indexOf(':'))) {
      case "s3" -> Setting.BACKUPS;
      case "secretsmanager" -> Setting.SECRETS;
      case "dynamodb" -> Setting.LEDGER;
      case "sns" -> Setting.TOPIC;
      default -> Setting.QUEUE;
    };
  }
}
