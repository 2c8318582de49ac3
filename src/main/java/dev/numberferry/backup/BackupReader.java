package dev.numberferry.backup;

import dev.numberferry.domain.BackupSource;
import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.FunctionNames;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.StoreException;
import dev.numberferry.support.DryCall;
import dev.numberferry.support.Primer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Brings a migration's backup, from S3 or out of the event. */
@ApplicationScoped
public class BackupReader implements Primer {

  /** The largest object that is read, in bytes. */
  static final int LIMIT = 5_000_000;

  /** In the form that the backup call answers in, and nobody's. */
  private static final String ANSWER = "{\"settings\": {\"data\": \"bm9ib2R5J3MgYmFja3Vw\"}}";

  private static final int NOT_FOUND = 404;

  /** What S3 answers for a version that is only the mark of a deletion. */
  private static final int NOT_ALLOWED = 405;

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
    return head(object, e -> failure(object, e)).map(it -> it.metadata().get(name));
  }

  /**
   * What is current instead of a version of an object: another one, or a deletion. Without versions
   * there is nothing to compare: the object that is read is the current one.
   *
   * @return in words; nothing where this version is the current one
   * @throws StoreException if S3 denied access or failed, so that nobody knows
   */
  public Optional<String> successor(StoredBackup object) {
    if (!object.hasVersion()) {
      return Optional.empty();
    }
    StoredBackup current = new StoredBackup(object.bucket(), object.key(), null);
    Optional<HeadObjectResponse> head =
        head(current, e -> ObjectErrors.ofCurrent(current, region(), e));
    if (head.isEmpty()) {
      return Optional.of("the object was deleted");
    }
    return head.map(HeadObjectResponse::versionId)
        .filter(it -> !it.equals(object.versionId()))
        .map(it -> "version %s is".formatted(it));
  }

  /** What S3 tells of an object without its content; nothing where it is gone. */
  private Optional<HeadObjectResponse> head(
      StoredBackup object, Function<SdkException, RuntimeException> failure) {
    try {
      return Optional.of(
          s3.headObject(
              it -> it.bucket(object.bucket()).key(object.key()).versionId(object.versionId())));
    } catch (S3Exception e) {
      // A HEAD has no body, and so no code beyond its status.
      if (e.statusCode() == NOT_FOUND || e.statusCode() == NOT_ALLOWED) {
        return Optional.empty();
      }
      throw failure.apply(e);
    } catch (SdkException e) {
      throw failure.apply(e);
    }
  }

  private Backup download(StoredBackup stored) {
    try (ResponseInputStream<GetObjectResponse> object = open(stored)) {
      GetObjectResponse head = object.response();
      byte[] file = content(stored, object);
      if (differs(file, head)) {
        throw ObjectErrors.brokenOff(stored);
      }
      StoredBackup read = new StoredBackup(stored.bucket(), stored.key(), head.versionId());
      return new Backup(BackupParser.read(file), Optional.of(read), reference(read, head.eTag()));
    } catch (IOException | SdkException e) {
      throw ObjectErrors.brokenOff(stored);
    }
  }

  private ResponseInputStream<GetObjectResponse> open(StoredBackup stored) {
    try {
      return s3.getObject(request(stored).build());
    } catch (SdkException e) {
      throw failure(stored, e);
    }
  }

  /** With the checksum that S3 keeps of an object: reading its content to the end compares it. */
  private static GetObjectRequest.Builder request(StoredBackup stored) {
    return GetObjectRequest.builder()
        .bucket(stored.bucket())
        .key(stored.key())
        .versionId(stored.versionId())
        .checksumMode(ChecksumMode.ENABLED);
  }

  @Override
  public boolean isFor(String function) {
    return FunctionNames.CALLERS.contains(function);
  }

  /** Makes the client and the reading of backups ready. */
  @Override
  public void prime() throws IOException {
    BackupParser.read(ANSWER);
    StoredBackup nobodys = new StoredBackup("backups", "none", null);
    DryCall.make(dry -> s3.getObject(request(nobodys).overrideConfiguration(dry).build()));
  }

  /**
   * The content in one array of the size that S3 tells: growing to it would hold the file twice.
   */
  private static byte[] content(StoredBackup stored, ResponseInputStream<GetObjectResponse> object)
      throws IOException {
    Optional<Long> size = Optional.ofNullable(object.response().contentLength());
    byte[] file = new byte[(int) Math.min(size.orElse(Long.MAX_VALUE), LIMIT)];
    int read = object.readNBytes(file, 0, file.length);
    // Reading on to the end also compares the checksum.
    if (object.read() >= 0) {
      object.abort();
      throw new InvalidInputException(
          "backup.key",
          "names an object over 5 MB: " + stored.reference(),
          "Upload the backup alone.");
    }
    // JDK 17 ends a body in silence where the connection has ended.
    if (size.filter(it -> it != read).isPresent()) {
      throw ObjectErrors.brokenOff(stored);
    }
    return read == file.length ? file : Arrays.copyOf(file, read);
  }

  /**
   * Whether S3 told the one checksum that the SDK does not compare, and it is another content's.
   */
  private static boolean differs(byte[] file, GetObjectResponse head) {
    return Optional.ofNullable(head.checksumCRC64NVME())
        .filter(it -> !it.equals(Crc64Nvme.of(file)))
        .isPresent();
  }

  private RuntimeException failure(StoredBackup object, SdkException e) {
    return ObjectErrors.of(object, region(), e);
  }

  private Region region() {
    return s3.serviceClientConfiguration().region();
  }

  private static String reference(StoredBackup read, String eTag) {
    return read.hasVersion() ? read.reference() : read.reference() + "?etag=" + eTag;
  }
}
