package dev.numberferry.support;

import dev.numberferry.domain.StoreException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where an operator says what a function uses: a variable of it, or what infra/template.yaml grants
 * by.
 */
enum Setting {
  BACKUPS("s3:.*", "the stack's parameters ExistingBackupBucket and BackupPrefix do"),
  SECRETS("secretsmanager:.*", "the stack's parameters SecretPrefix and TokenSecretId do"),
  LEDGER("dynamodb:.*", "the stack's parameter ExistingLedger does"),
  TOPIC(
      "sns:.*",
      "FERRY_TOPIC_ARN names it",
      "FERRY_TOPIC_ARN",
      "NotFound(Exception)?\\b.*|InvalidParameter(Exception)? .*TopicArn.*"),
  QUEUE(
      "sqs:SendMessage",
      "FERRY_QUEUE_URL names it",
      "FERRY_QUEUE_URL",
      "(.*\\.NonExistentQueue|QueueDoesNotExist|InvalidAddress)\\b.*");

  private final Pattern permission;
  private final String granting;
  private final Pattern missing;
  private final String variable;

  Setting(String permission, String granting) {
    this(permission, granting, "", "(?!)");
  }

  Setting(String permission, String granting, String variable, String missing) {
    this.permission = Pattern.compile(permission);
    this.granting = granting;
    this.missing = Pattern.compile("(?s)" + missing);
    this.variable = variable;
  }

  /** In brackets, what to look at where a permission is to be granted; nothing where none is. */
  static String granting(String permission) {
    return of(permission).map(it -> " (%s)".formatted(it.granting)).orElse("");
  }

  /**
   * What AWS answers where there is no such thing under that name and in that region. Source: the
   * pages of errors of SNS's Publish and SQS's SendMessage; SNS says {@code Invalid parameter:
   * TopicArn} for a topic of another region.
   */
  static Optional<StoreException> missing(
      String permission, String resource, String code, String text) {
    return of(permission)
        .filter(it -> it.missing.matcher((code + " " + text).strip()).matches())
        .map(
            it ->
                new StoreException(
                    "%s failed, as %s does not exist: %s".formatted(permission, resource, code),
                    "Nothing was sent: correct %s, or make what it names, in the region of AWS_REGION,"
                            .formatted(it.variable)
                        + " then send the same event again."));
  }

  private static Optional<Setting> of(String permission) {
    return Stream.of(values())
        .filter(it -> it.permission.matcher(permission).matches())
        .findFirst();
  }
}
