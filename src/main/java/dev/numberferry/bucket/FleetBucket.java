package dev.numberferry.bucket;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.FunctionNames;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.StoreException;
import dev.numberferry.support.AwsErrors;
import dev.numberferry.support.DryCall;
import dev.numberferry.support.Primer;
import dev.numberferry.support.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The objects of the fleet's bucket. */
@ApplicationScoped
public class FleetBucket implements Primer {

  private static final String READING = "s3:GetObject";
  private static final String WRITING = "s3:PutObject";
  private static final int PRECONDITION_FAILED = 412;

  private final FerryConfig config;
  private final S3Client s3;

  FleetBucket(FerryConfig config, S3Client s3) {
    this.config = config;
    this.s3 = s3;
  }

  /**
   * @param most the largest object that is read, in bytes
   * @return nothing where there is no such object
   * @throws InvalidInputException if it is larger
   * @throws StoreException if S3 denied access or failed
   */
  public Optional<byte[]> read(String key, int most) {
    try (ResponseInputStream<GetObjectResponse> object =
        s3.getObject(it -> it.bucket(name()).key(key).checksumMode(ChecksumMode.ENABLED))) {
      byte[] content = object.readNBytes(most + 1);
      if (content.length > most) {
        object.abort();
        throw tooLarge(key, most);
      }
      // JDK 17 ends a body in silence where the connection has ended.
      Optional<Long> size = Optional.ofNullable(object.response().contentLength());
      if (size.filter(it -> it != content.length).isPresent()) {
        throw brokenOff(key);
      }
      return Optional.of(content);
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw brokenOff(key);
    } catch (SdkException e) {
      throw AwsErrors.of(READING, reference(key), Setting.NONE, e);
    }
  }

  /**
   * Writes an object, whatever stands there.
   *
   * @throws StoreException if it is not known whether it was written
   */
  public void write(String key, byte[] content, String type) {
    try {
      s3.putObject(request(key, type).build(), RequestBody.fromBytes(content));
    } catch (SdkException e) {
      throw AwsErrors.of(WRITING, reference(key), Setting.NONE, e);
    }
  }

  /**
   * Writes an object that nobody has written before. Of all who do so at once one succeeds, and so
   * does one alone whose first try has taken effect unseen.
   *
   * @return what stands there: this, or what was written before
   * @throws StoreException if it is not known whether it was written
   */
  public byte[] keep(String key, byte[] content, String type) {
    try {
      s3.putObject(request(key, type).ifNoneMatch("*").build(), RequestBody.fromBytes(content));
      return content;
    } catch (S3Exception e) {
      if (e.statusCode() == PRECONDITION_FAILED) {
        return read(key, Integer.MAX_VALUE - 1).orElseThrow(() -> brokenOff(key));
      }
      throw AwsErrors.of(WRITING, reference(key), Setting.NONE, e);
    } catch (SdkException e) {
      throw AwsErrors.of(WRITING, reference(key), Setting.NONE, e);
    }
  }

  /** An object as people name it. */
  public String reference(String key) {
    return "s3://" + name() + "/" + key;
  }

  @Override
  public boolean isFor(String function) {
    return function.equals(FunctionNames.FLEET);
  }

  /** Makes the client ready by a write that is never sent. */
  @Override
  public void prime() throws IOException {
    DryCall.make(
        dry ->
            s3.putObject(
                request("runs/none", "none").overrideConfiguration(dry).build(),
                RequestBody.empty()));
  }

  private PutObjectRequest.Builder request(String key, String type) {
    return PutObjectRequest.builder().bucket(name()).key(key).contentType(type);
  }

  private String name() {
    return config.fleetBucket().orElse(FerryConfig.NOT_SET);
  }

  private InvalidInputException tooLarge(String key, int most) {
    return new InvalidInputException(
        reference(key), "is larger than %d bytes".formatted(most), "Split it.");
  }

  private StoreException brokenOff(String key) {
    return new StoreException(
        "%s on %s broke off, or brought something else than is stored there"
            .formatted(READING, reference(key)),
        "Nothing was sent: send the same event again.");
  }
}
