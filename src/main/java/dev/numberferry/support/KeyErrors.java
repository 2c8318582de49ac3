package dev.numberferry.support;

import dev.numberferry.domain.StoreException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What AWS answers where a KMS key keeps data from being read or written. Each service has codes of
 * its own, and some have only a text. Sources: the pages of errors of Secrets Manager, SNS, SQS and
 * DynamoDB, and of S3's server-side encryption.
 */
final class KeyErrors {

  private static final Pattern READING = Pattern.compile("\\w+:(?:Get|Query).*");

  private static final Pattern CODE =
      Pattern.compile("(?i)(?:KMS(?!.*Throttl)|DecryptionFailure|EncryptionFailure).*");

  /** The key itself is disabled, deleted, of another kind, or its service not subscribed to. */
  private static final Pattern UNUSABLE =
      Pattern.compile("(?i)KMS.*(?:Disabled|Invalid|NotFound|OptIn).*");

  /** The action that a text says to be denied. */
  private static final Pattern DENIED_ACTION = Pattern.compile("perform: (\\w+):");

  private static final Pattern TEXT = Pattern.compile("\\bKMS\\b|customer master key");

  private KeyErrors() {}

  /**
   * @param use what was done, and on what
   * @param code the answer's error code
   * @param text the answer's text, which is looked into and goes nowhere
   * @param denied whether the answer denies access
   * @return nothing where no key is known to be the reason
   */
  static Optional<StoreException> of(Use use, String code, String text, boolean denied) {
    String permission = use.permission();
    String resource = use.resource();
    if (UNUSABLE.matcher(code).matches()) {
      return Optional.of(
          StoreException.key(
              "%s on %s failed because of its KMS key: %s".formatted(permission, resource, code),
              "Nothing was sent: enable the KMS key of %s or give it another one, then send the same"
                      .formatted(resource)
                  + " event again."));
    }
    if (CODE.matcher(code).matches() || (denied && isAboutKey(text))) {
      return Optional.of(
          StoreException.key(
              "%s on the key of %s was denied: %s".formatted(actions(permission), resource, code),
              DenyingPolicy.cure(text, actions(permission), "the KMS key of " + resource)
                  .orElseGet(() -> grant(use))));
    }
    return Optional.empty();
  }

  private static String grant(Use use) {
    return "Nothing was sent: grant the function %s on the KMS key of %s%s, see that the key is"
            .formatted(actions(use.permission()), use.resource(), use.setting().grantingKey())
        + " enabled and its own policy allows it, then send the same event again.";
  }

  /** Whether a text says which action was denied. */
  static boolean saysWhat(String text) {
    return DENIED_ACTION.matcher(text).find();
  }

  /** What else to grant where a denial does not say which action was denied. */
  static String perhaps(Use use, String text) {
    return use.setting().mayHaveKey() && !saysWhat(text)
        ? " and, where a KMS key encrypts it, %s on that key%s"
            .formatted(actions(use.permission()), use.setting().grantingKey())
        : "";
  }

  private static boolean isAboutKey(String text) {
    Matcher action = DENIED_ACTION.matcher(text);
    return action.find() ? action.group(1).equals("kms") : TEXT.matcher(text).find();
  }

  private static String actions(String permission) {
    return READING.matcher(permission).matches()
        ? "kms:Decrypt"
        : "kms:Decrypt and kms:GenerateDataKey";
  }
}
