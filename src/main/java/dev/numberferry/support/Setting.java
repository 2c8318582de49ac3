package dev.numberferry.support;

import dev.numberferry.domain.StoreException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where an operator says what a function uses: a variable of it, or what infra/template.yaml grants
 * by.
 */
public enum Setting {
  BACKUPS("the stack's parameters ExistingBackupBucket and BackupPrefix do", "BackupKeyArn"),
  SECRETS("the stack's parameters SecretPrefix and TokenSecretId do", "SecretsKeyArn"),
  LEDGER("the stack's parameter ExistingLedger does", ""),
  TOPIC(
      "FERRY_TOPIC_ARN names it",
      "FERRY_TOPIC_ARN",
      "NotFound(Exception)?\\b.*|InvalidParameter(Exception)? .*TopicArn.*"),
  QUEUE(
      "FERRY_QUEUE_URL names it",
      "FERRY_QUEUE_URL",
      "(.*\\.NonExistentQueue|QueueDoesNotExist|InvalidAddress)\\b.*"),
  /** The template grants it as it is. */
  NONE("", "");

  private final String granting;
  private final String keyParameter;
  private final String variable;
  private final Pattern missing;

  Setting(String granting, String keyParameter) {
    this(granting, keyParameter, "", "(?!)");
  }

  Setting(String granting, String variable, String missing) {
    this(granting, "", variable, missing);
  }

  Setting(String granting, String keyParameter, String variable, String missing) {
    this.granting = granting;
    this.keyParameter = keyParameter;
    this.variable = variable;
    this.missing = Pattern.compile("(?s)" + missing);
  }

  /** In brackets, what to look at where a permission is to be granted; nothing where none is. */
  String granting() {
    return inBrackets(granting);
  }

  /**
   * In brackets, the parameter of infra/template.yaml that grants the functions the key of the
   * data; nothing where none does.
   */
  String grantingKey() {
    return inBrackets(
        keyParameter.isEmpty() ? "" : "the stack's parameter %s does".formatted(keyParameter));
  }

  /** Whether the operator's own key may encrypt the data, and the service may not say so. */
  boolean mayHaveKey() {
    return !keyParameter.isEmpty();
  }

  private static String inBrackets(String text) {
    return text.isEmpty() ? "" : " (%s)".formatted(text);
  }

  /**
   * What AWS answers where there is no such thing under that name and in that region. Source: the
   * pages of errors of SNS's Publish and SQS's SendMessage; SNS says {@code Invalid parameter:
   * TopicArn} for a topic of another region.
   */
  Optional<StoreException> missing(String permission, String resource, String code, String text) {
    return missing.matcher((code + " " + text).strip()).matches()
        ? Optional.of(
            new StoreException(
                "%s failed, as %s does not exist: %s".formatted(permission, resource, code),
                "Nothing was sent: correct %s, or make what it names, in the region of AWS_REGION,"
                        .formatted(variable)
                    + " then send the same event again."))
        : Optional.empty();
  }
}
