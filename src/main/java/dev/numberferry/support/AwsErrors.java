package dev.numberferry.support;

import dev.numberferry.domain.StoreException;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Turns what the AWS SDK throws into the operator's words; of AWS's answer only the error code is
 * kept, never the text.
 */
public final class AwsErrors {

  private static final int FORBIDDEN = 403;
  private static final int SERVER_ERROR = 500;

  private AwsErrors() {}

  /**
   * @param permission the IAM action that was used, such as {@code s3:GetObject}
   * @param resource what it was used on, in the operator's words
   * @param setting where the operator says what that is
   */
  public static StoreException of(
      String permission, String resource, Setting setting, SdkException thrown) {
    return thrown instanceof AwsServiceException answer
        ? answered(new Use(permission, resource, setting), answer)
        : StoreException.unanswered(
            "%s on %s got no answer (%s)"
                .formatted(permission, resource, Causes.root(thrown).getClass().getSimpleName()),
            "Nothing was sent: check the function's network, region and credentials%s, then send the same event again."
                .formatted(
                    HttpsProxy.of(ConfigProvider.getConfig())
                        .map(it -> ", and HTTPS_PROXY and NO_PROXY")
                        .orElse("")));
  }

  /** The code in an answer, which S3 leaves out with an answer that has no body of its own. */
  public static Optional<String> code(AwsServiceException answer) {
    return Optional.ofNullable(answer.awsErrorDetails())
        .map(AwsErrorDetails::errorCode)
        .filter(code -> !code.isBlank())
        .map(Texts::shown);
  }

  /** Whether AWS's own text about an answer has this in it. The text itself goes nowhere. */
  public static boolean mentions(AwsServiceException answer, String words) {
    return text(answer).contains(words);
  }

  private static StoreException answered(Use use, AwsServiceException answer) {
    String shown = code(answer).orElse("HTTP " + answer.statusCode());
    String text = text(answer);
    boolean denied = answer.statusCode() == FORBIDDEN || shown.startsWith("AccessDenied");
    return CallerFault.of(shown, text)
        .map(it -> new StoreException(failure(use, shown), it.cure()))
        .or(() -> use.setting().missing(use.permission(), use.resource(), shown, text))
        .or(() -> KeyErrors.of(use, shown, text, denied))
        .orElseGet(
            () ->
                denied
                    ? denied(use, shown, text)
                    : failed(failure(use, shown), answer.statusCode()));
  }

  private static String failure(Use use, String code) {
    return "%s on %s failed: %s".formatted(use.permission(), use.resource(), code);
  }

  private static StoreException failed(String message, int status) {
    String cure = "Nothing was sent: send the same event again in a minute.";
    return status >= SERVER_ERROR
        ? StoreException.unanswered(message, cure)
        : new StoreException(message, cure);
  }

  private static StoreException denied(Use use, String code, String text) {
    return StoreException.denied(
        "%s on %s was denied: %s".formatted(use.permission(), use.resource(), code),
        DenyingPolicy.cure(text, use.permission(), use.resource())
            .orElseGet(() -> grant(use, text)));
  }

  private static String grant(Use use, String text) {
    return "Nothing was sent: grant the function %s on %s%s%s, then send the same event again%s."
        .formatted(
            use.permission(),
            use.resource(),
            use.setting().granting(),
            KeyErrors.perhaps(use, text),
            perhaps(use, text));
  }

  /** S3 gives no reason where whoever asks would have to pay, and HEAD none at all. */
  private static String perhaps(Use use, String text) {
    return use.setting() == Setting.BACKUPS && !KeyErrors.saysWhat(text)
        ? "; a bucket whose requester pays cannot be read"
        : "";
  }

  private static String text(AwsServiceException answer) {
    return Optional.ofNullable(answer.awsErrorDetails())
        .map(AwsErrorDetails::errorMessage)
        .orElse("");
  }
}
