package dev.numberferry.backup;

import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.StoreException;
import dev.numberferry.support.AwsErrors;
import dev.numberferry.support.Setting;
import dev.numberferry.support.Texts;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What S3 answers instead of an object, in the operator's words. */
final class ObjectErrors {

  private static final String PERMISSION = "s3:GetObject";
  private static final String BUCKET_REGION = "x-amz-bucket-region";
  private static final int MOVED_PERMANENTLY = 301;
  private static final int FORBIDDEN = 403;

  /** S3's codes that mean that the event or the object is at fault, and trying again is no use. */
  private static final Set<String> OPERATOR_ERRORS =
      Set.of(
          "NoSuchKey",
          "NoSuchBucket",
          "NoSuchVersion",
          "InvalidArgument",
          "InvalidRequest",
          "MethodNotAllowed",
          "InvalidBucketName",
          "KeyTooLongError");

  /** S3's codes for a bucket that is not in the region that was asked. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "PermanentRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException");

  /** S3's code for an object of a storage class that nothing is read from at once. */
  private static final String ARCHIVED = "InvalidObjectState";

  private ObjectErrors() {}

  /**
   * @param asked the region that was asked
   */
  static RuntimeException of(StoredBackup object, Region asked, SdkException thrown) {
    return thrown instanceof S3Exception answer
        ? answered(object, asked, answer)
        : AwsErrors.of(PERMISSION, object.reference(), Setting.BACKUPS, thrown);
  }

  /**
   * What S3 answers to which version of an object is the current one.
   *
   * @param object without a version
   */
  static RuntimeException ofCurrent(StoredBackup object, Region asked, SdkException thrown) {
    return thrown instanceof S3Exception answer && answer.statusCode() == FORBIDDEN
        ? new StoreException(
            "s3:ListBucket on s3://%s, or s3:GetObject on %s, was denied: HTTP 403"
                .formatted(object.bucket(), object.reference()),
            "Nothing was sent: grant the function both, then send the same event again: without"
                + " s3:ListBucket S3 does not tell that an object was deleted.")
        : of(object, asked, thrown);
  }

  /** The body ended before its end, or is not what S3 has stored. */
  static StoreException brokenOff(StoredBackup object) {
    return new StoreException(
        "%s on %s broke off, or brought something else than is stored there"
            .formatted(PERMISSION, object.reference()),
        "Nothing was sent: send the same event again.");
  }

  private static RuntimeException answered(StoredBackup object, Region asked, S3Exception answer) {
    String code = AwsErrors.code(answer).orElse("");
    Optional<String> region = region(answer).filter(it -> !it.equals(asked.id()));
    if (region.isPresent()
        || answer.statusCode() == MOVED_PERMANENTLY
        || ELSEWHERE.contains(code)) {
      return new InvalidInputException(
          "backup.bucket",
          "%s is in %s, and the function is in %s"
              .formatted(object.bucket(), region.orElse("another region"), asked),
          "Use a bucket in the function's region, or the stack of the bucket's region.");
    }
    if (code.equals(ARCHIVED)) {
      return new InvalidInputException(
          "backup",
          "lies in an archive of S3: " + object.reference(),
          "Restore the object in S3, or copy it to S3 Standard, then send the same event again.");
    }
    if (OPERATOR_ERRORS.contains(code)) {
      return new InvalidInputException(
          "backup",
          "cannot be read from " + object.reference() + ": " + code,
          "Correct bucket, key and versionId, or upload the backup again.");
    }
    return AwsErrors.of(PERMISSION, object.reference(), Setting.BACKUPS, answer);
  }

  private static Optional<String> region(S3Exception answer) {
    return Optional.ofNullable(answer.awsErrorDetails())
        .flatMap(it -> it.sdkHttpResponse().firstMatchingHeader(BUCKET_REGION))
        .map(Texts::shown);
  }
}
