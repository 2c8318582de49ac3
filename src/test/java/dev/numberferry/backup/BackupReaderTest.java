package dev.numberferry.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.StoreException;
import dev.numberferry.standin.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Answers of S3 byte for byte, as no well-behaved server would give them. */
class BackupReaderTest {

  private static final String DATA = "V0FCS1VQ+number/ferry+backup+of+some+length==";
  private static final StoredBackup OBJECT = new StoredBackup("bucket", "key", null);

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 4_000_000})
  void aBodyThatEndsTooEarlyIsNoBackup(int missing) throws IOException {
    assertBrokenOff(answer("200 OK", DATA, "Content-Length: " + (DATA.length() + missing)));
  }

  @Test
  void aBodyThatNeverBeginsIsNoBackup() throws IOException {
    assertBrokenOff(answer("200 OK", "", "Content-Length: 66"));
  }

  @Test
  void aBodyThatIsNotWhatS3HasStoredIsNoBackup() throws IOException {
    assertBrokenOff(whole(DATA.replace('V', 'W'), "crc32", checksum(new CRC32())));
    assertBrokenOff(whole(DATA.replace('V', 'W'), "crc32c", checksum(new CRC32C())));
  }

  @Test
  void aBodyWithItsChecksumIsOne() throws IOException {
    assertThat(read(whole(DATA, "crc32", checksum(new CRC32()))).data().value()).isEqualTo(DATA);
    assertThat(read(whole(DATA, "crc32c", checksum(new CRC32C()))).data().value()).isEqualTo(DATA);
  }

  /** S3's own choice where an uploader gave none. The SDK cannot make it without native code. */
  @Test
  void theChecksumThatS3MakesItselfIsComparedAsWell() throws IOException {
    String checksum = Crc64Nvme.of(DATA.getBytes(StandardCharsets.US_ASCII));

    assertThat(read(whole(DATA, "crc64nvme", checksum)).data().value()).isEqualTo(DATA);
    assertBrokenOff(whole(DATA.replace('V', 'W'), "crc64nvme", checksum));
    assertBrokenOff(whole(DATA, "crc64nvme", "AAAAAAAAAAA="));
  }

  /** Of an upload in parts S3 can keep a checksum of their checksums. */
  @ParameterizedTest
  @CsvSource({"crc32, AAAAAA==-2", "crc32c, AAAAAA==-2", "sha256, AAAA-17"})
  void aChecksumOfPartsIsNoObstacle(String kind, String sum) throws IOException {
    assertThat(read(whole(DATA, kind, sum)).data().value()).isEqualTo(DATA);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anObjectMayHaveFiveMegabytesWhetherItsSizeIsToldOrNot(boolean told) throws IOException {
    assertThat(read(ofSize(BackupReader.LIMIT, told)).data().value()).hasSize(BackupReader.LIMIT);

    assertThatThrownBy(() -> read(ofSize(BackupReader.LIMIT + 1, told)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("over 5 MB");
  }

  private static String ofSize(int size, boolean told) {
    return answer(
        "200 OK", Sample.backup(size), told ? "Content-Length: " + size : "x-amz-request-id: 1");
  }

  @Test
  void asksForTheChecksum() throws IOException {
    try (Server server = new Server(whole(DATA, "crc32", checksum(new CRC32())))) {
      server.reader().read(OBJECT);

      assertThat(server.request()).containsIgnoringCase("x-amz-checksum-mode: ENABLED");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "301 Moved Permanently, PermanentRedirect, eu-west-1",
    "307 Temporary Redirect, TemporaryRedirect, eu-west-1",
    "400 Bad Request, AuthorizationHeaderMalformed, us-gov-west-1",
    "400 Bad Request, IllegalLocationConstraintException, ap-southeast-2",
    "301 Moved Permanently, , ",
    "400 Bad Request, AuthorizationHeaderMalformed, ",
    "400 Bad Request, , eu-west-1"
  })
  void aBucketInAnotherRegionIsNamedAsThat(String status, String code, String region)
      throws IOException {
    String answer =
        answer(
            status,
            code == null ? "" : "<Error><Code>" + code + "</Code></Error>",
            region == null ? "x: y" : "x-amz-bucket-region: " + region);

    for (boolean head : List.of(false, true)) {
      if (head && region == null) {
        continue;
      }
      assertThatThrownBy(() -> readOrAsk(answer, head))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(
              "backup.bucket bucket is in %s, and the function is in eu-central-1"
                  .formatted(region == null ? "another region" : region));
    }
  }

  @Test
  void aBucketThatIsNewInThisRegionMayAnswerLater() throws IOException {
    String answer =
        answer(
            "307 Temporary Redirect",
            "<Error><Code>TemporaryRedirect</Code></Error>",
            "x-amz-bucket-region: eu-central-1");

    assertThatThrownBy(() -> read(answer))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("TemporaryRedirect");
  }

  @ParameterizedTest
  @CsvSource({
    "200 OK, x-amz-version-id: 1, 1, ",
    "200 OK, x-amz-version-id: 2, 1, version 2 is",
    "200 OK, x-amz-version-id: null, 1, version null is",
    "200 OK, x-amz-request-id: 1, 1, ",
    "404 Not Found, x-amz-request-id: 1, 1, the object was deleted",
    "404 Not Found, x-amz-delete-marker: true, 1, the object was deleted",
    "200 OK, x-amz-version-id: 2, , ",
    "404 Not Found, x-amz-request-id: 1, , ",
    "403 Forbidden, x-amz-request-id: 1, null, "
  })
  void theVersionThatS3TellsWithoutBeingAskedForOneIsTheCurrentOne(
      String status, String header, String mine, String successor) throws IOException {
    try (Server server = new Server(answer(status, "", header))) {
      assertThat(server.reader().successor(new StoredBackup("bucket", "key", mine)))
          .isEqualTo(Optional.ofNullable(successor));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "403 Forbidden, 's3:ListBucket on s3://bucket, or s3:GetObject on s3://bucket/key, was denied:"
        + " HTTP 403'",
    "400 Bad Request, 's3:GetObject on s3://bucket/key failed: HTTP 400'"
  })
  void whereS3DoesNotTellTheCurrentVersionNobodyKnows(String status, String message)
      throws IOException {
    try (Server server = new Server(answer(status, "", "x: y"))) {
      assertThatThrownBy(() -> server.reader().successor(new StoredBackup("bucket", "key", "1")))
          .isInstanceOf(StoreException.class)
          .hasMessage(message);
    }
  }

  private static void assertBrokenOff(String answer) {
    assertThatThrownBy(() -> read(answer))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "s3:GetObject on s3://bucket/key broke off, or brought something else than is stored"
                + " there");
  }

  private static Backup read(String answer) throws IOException {
    try (Server server = new Server(answer)) {
      return server.reader().read(OBJECT);
    }
  }

  private static void readOrAsk(String answer, boolean head) throws IOException {
    try (Server server = new Server(answer)) {
      if (head) {
        server.reader().metadata(OBJECT, "phone-number-id");
      } else {
        server.reader().read(OBJECT);
      }
    }
  }

  private static String checksum(Checksum kind) {
    byte[] data = DATA.getBytes(StandardCharsets.US_ASCII);
    kind.update(data, 0, data.length);
    long value = kind.getValue();
    return Base64.getEncoder()
        .encodeToString(
            new byte[] {
              (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
            });
  }

  private static String whole(String body, String kind, String checksum) {
    return answer(
        "200 OK",
        body,
        "Content-Length: " + body.length(),
        "x-amz-checksum-" + kind + ": " + checksum);
  }

  private static String answer(String status, String body, String... headers) {
    return "HTTP/1.1 "
        + status
        + "\r\n"
        + String.join("\r\n", headers)
        + "\r\nConnection: close\r\n\r\n"
        + body;
  }

  /** Answers every connection with the same bytes, and ends it. */
  private static final class Server implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final CompletableFuture<String> request = new CompletableFuture<>();

    Server(String answer) throws IOException {
      Thread thread = new Thread(() -> serve(answer));
      thread.setDaemon(true);
      thread.start();
    }

    BackupReader reader() {
      return new BackupReader(
          S3Client.builder()
              .httpClient(UrlConnectionHttpClient.create())
              .region(Region.EU_CENTRAL_1)
              .credentialsProvider(
                  StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
              .endpointOverride(URI.create("http://127.0.0.1:" + socket.getLocalPort()))
              .build());
    }

    String request() {
      return request.join();
    }

    private void serve(String answer) {
      while (!socket.isClosed()) {
        try (var connection = socket.accept()) {
          var reader =
              new BufferedReader(
                  new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
          StringBuilder head = new StringBuilder();
          for (String line = reader.readLine();
              line != null && !line.isEmpty();
              line = reader.readLine()) {
            head.append(line).append('\n');
          }
          request.complete(head.toString());
          connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
          if (!socket.isClosed()) {
            throw new UncheckedIOException(e);
          }
        }
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
