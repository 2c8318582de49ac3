package dev.numberferry.backup;

import dev.numberferry.domain.BackupSource;
import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.StoreException;
import dev.numberferry.support.AwsErrors;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Brings a migration's backup, from S3 or out of the event. */
@ApplicationScoped
public class BackupReader {

  /** The largest object that is read, in bytes. */
  static final int LIMIT = 5_000_000;

  private static final int NOT_FOUND = 404;

  /** What S3 answers for a version that is only the mark of a deletion. */
  private static final int NOT_ALLOWED = 405;

  /** S3's codes that mean that the event or the object is at fault, and trying again is no use. */
  private static final Set<String> OPERATOR_ERRORS =
      Set.of(
          "NoSuchKey",
          "NoSuchBucket",
          "NoSuchVersion",
          "InvalidArgument",
          "MethodNotAllowed",
          "InvalidBucketName",
          "InvalidObjectState",
          "PermanentRedirect",
          "KeyTooLongError");

  private final S3Client s3;

  BackupReader(S3Client s3) {
    this.s3 = s3;
  }

  /**
   * Reads the backup and finds the data in it.
   *
   * @throws InvalidInputException if there is no such object, or no backup in it
   * @throws StoreException if S3 denied access or failed
   */
  public Backup read(BackupSource source) {
    return source.match(
        this::download,
        inline ->
            new Backup(BackupParser.read(inline.value()), Optional.empty(), inline.reference()));
  }

  /**
   * A piece of an object's user metadata.
   *
   * @return nothing where it has none of this name, or the object is gone
   * @throws StoreException if S3 denied access or failed
   */
  public Optional<String> metadata(StoredBackup object, String name) {
    try {
      return Optional.ofNullable(
          s3.headObject(
                  it -> it.bucket(object.bucket()).key(object.key()).versionId(object.versionId()))
              .metadata()
              .get(name));
    } catch (S3Exception e) {
      // A HEAD has no body, and so no code beyond its status.
      if (e.statusCode() == NOT_FOUND || e.statusCode() == NOT_ALLOWED) {
        return Optional.empty();
      }
      throw AwsErrors.of("s3:GetObject", object.reference(), e);
    } catch (SdkException e) {
      throw AwsErrors.of("s3:GetObject", object.reference(), e);
    }
  }

  private Backup download(StoredBackup stored) {
    String where = stored.reference();
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(stored.bucket())
            .key(stored.key())
            .versionId(stored.versionId())
            .build();
    try (ResponseInputStream<GetObjectResponse> object = s3.getObject(request)) {
      byte[] file = object.readNBytes(LIMIT + 1);
      if (file.length > LIMIT) {
        object.abort();
        throw new InvalidInputException(
            "backup.key", "names an object over 5 MB: " + where, "Upload the backup alone.");
      }
      StoredBackup read =
          new StoredBackup(stored.bucket(), stored.key(), object.response().versionId());
      return new Backup(
          BackupParser.read(file), Optional.of(read), reference(read, object.response().eTag()));
    } catch (S3Exception e) {
      String code = AwsErrors.code(e).orElse("");
      if (OPERATOR_ERRORS.contains(code)) {
        throw new InvalidInputException(
            "backup",
            "cannot be read from " + where + ": " + code,
            "Correct bucket, key and versionId, or upload the backup again.");
      }
      throw AwsErrors.of("s3:GetObject", where, e);
    } catch (SdkException e) {
      throw AwsErrors.of("s3:GetObject", where, e);
    } catch (IOException e) {
      throw AwsErrors.of("s3:GetObject", where, SdkException.create("the body broke off", e));
    }
  }

  private static String reference(StoredBackup read, String eTag) {
    boolean versioned = read.versionId() != null && !read.versionId().equals("null");
    return versioned ? read.reference() : read.reference() + "?etag=" + eTag;
  }
}
