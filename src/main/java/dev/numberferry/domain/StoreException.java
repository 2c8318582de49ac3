package dev.numberferry.domain;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * S3 or Secrets Manager denied access, failed, or did not answer in time. Nothing was sent to
 * WhatsApp; the same event may be delivered again.
 */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int FORBIDDEN = 403;

  private final String cure;

  private StoreException(String message, String cure) {
    super(message);
    this.cure = cure;
  }

  /**
   * @param permission the IAM action that was used, such as {@code s3:GetObject}
   * @param resource what it was used on, in the operator's words
   * @param cause what the SDK threw; only its error code goes on, never its text
   */
  public static StoreException of(String permission, String resource, SdkException cause) {
    if (cause instanceof AwsServiceException answer) {
      String code = answer.awsErrorDetails() == null ? null : answer.awsErrorDetails().errorCode();
      String shown = code == null ? "HTTP " + answer.statusCode() : code;
      return answer.statusCode() == FORBIDDEN || shown.startsWith("AccessDenied")
          ? denied(permission, resource, shown)
          : new StoreException(
              "%s on %s failed: %s".formatted(permission, resource, shown),
              "Nothing was sent: run the same event again in a minute.");
    }
    return new StoreException(
        "%s on %s got no answer (%s)".formatted(permission, resource, root(cause)),
        "Nothing was sent: check the function's network, region and credentials, then run the same"
            + " event again.");
  }

  /** What a store holds cannot be read. */
  public static StoreException unreadable(String what) {
    return new StoreException(
        what + " cannot be read",
        "Nothing was sent: find out what else writes there, and restore it from a backup.");
  }

  /** Somebody else changed it between reading and writing, again and again. */
  public static StoreException contended(String what) {
    return new StoreException(
        what + " was changed by somebody else a moment ago",
        "Nothing was sent: send the same event again.");
  }

  private static String root(Throwable cause) {
    Throwable root = cause;
    for (int depth = 0; root.getCause() != null && depth < 20; depth++) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName();
  }

  /** Access was denied; the operator has to grant the permission. */
  public static StoreException denied(String permission, String resource, String code) {
    return new StoreException(
        "%s on %s was denied: %s".formatted(permission, resource, code),
        "Nothing was sent: grant the function %s on %s, then run the same event again."
            .formatted(permission, resource));
  }

  /** What the operator does now: one sentence. */
  public String cure() {
    return cure;
  }
}
