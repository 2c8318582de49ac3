package dev.numberferry.simulation;

import dev.numberferry.simulation.Bucket.Version;
import dev.numberferry.simulation.Call.Service;
import dev.numberferry.standin.Sample;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** S3 as a process sees it: every object is a backup. */
final class BucketModel implements S3Client {

  private final Remote remote;

  BucketModel(Remote remote) {
    this.remote = remote;
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
    Version found = read("GetObject", request.key(), request.versionId());
    byte[] content = Sample.backupFile();
    return new ResponseInputStream<>(
        GetObjectResponse.builder()
            .versionId(found.name().orElse(null))
            .eTag(found.id())
            .contentLength((long) content.length)
            .build(),
        new ByteArrayInputStream(content));
  }

  @Override
  public HeadObjectResponse headObject(HeadObjectRequest request) {
    Version found = read("HeadObject", request.key(), request.versionId());
    return HeadObjectResponse.builder().versionId(found.name().orElse(null)).build();
  }

  /** The mark of a deletion is none, and S3 tells which of its versions was asked for. */
  @SuppressWarnings("unchecked")
  private Version read(String operation, String key, String version) {
    Optional<String> asked = Optional.ofNullable(version);
    Optional<Version> found =
        (Optional<Version>)
            Models.ask(
                remote,
                Call.read(
                    Service.BUCKET,
                    operation + " " + asked.orElse("current"),
                    Models.answer(it -> it.bucket().get(key, asked))));
    if (found.filter(it -> !it.isDeletion()).isEmpty()) {
      boolean named = asked.isPresent() && found.isPresent();
      throw S3Exception.builder()
          .statusCode(named ? 405 : 404)
          .awsErrorDetails(
              AwsErrorDetails.builder()
                  .errorCode(named ? "MethodNotAllowed" : "NoSuchKey")
                  .sdkHttpResponse(SdkHttpResponse.builder().statusCode(named ? 405 : 404).build())
                  .build())
          .build();
    }
    return found.get();
  }

  @Override
  public S3ServiceClientConfiguration serviceClientConfiguration() {
    return S3ServiceClientConfiguration.builder().region(Region.EU_CENTRAL_1).build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
