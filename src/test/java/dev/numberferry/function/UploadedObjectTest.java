package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which objects are backups, and of which number. */
@QuarkusTest
class UploadedObjectTest extends UploadTestBase {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "106540352242922/backup.json.md5",
        "106540352242922/backup.json.sha256",
        "106540352242922/backup.json.SHA512",
        "106540352242922.sha1sum",
        "106540352242922/SHA256SUMS",
        "106540352242922/checksums.txt",
        "106540352242922/backup.json.sig",
        "106540352242922/backup.json.asc",
        "106540352242922/.DS_Store",
        "106540352242922/._backup.json",
        "106540352242922/Thumbs.db",
        "106540352242922/desktop.ini",
        "106540352242922/backup.json~",
        "106540352242922/~$backup.json",
        "106540352242922/backup.json.tmp",
        "106540352242922/backup.json.part",
        "106540352242922/backup.json.filepart"
      })
  void aCompanionOfABackupIsPassedOver(String key) {
    outside
        .objects()
        .put(
            Sample.BUCKET,
            key,
            "d41d8cd98f00b204e9800998ecf8427e".getBytes(StandardCharsets.US_ASCII));

    upload(notification(record(), key));

    assertThat(outside.topic().messages()).isEmpty();
    assertThat(outside.ledger().items()).isEmpty();
    assertNothingSent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "106540352242922/sha256.json",
        "106540352242922/backup.json.bak",
        "106540352242922/backup.txt",
        "sig/106540352242922.json",
        ".hidden/106540352242922.json"
      })
  void whatOnlyLooksLikeACompanionIsABackup(String key) {
    outside.objects().put(Sample.BUCKET, key, Sample.backupFile());

    upload(notification(record(), key));

    assertThat(published().getString("status")).isEqualTo("MIGRATED");
  }

  @Test
  void anotherBucketIsRefused() {
    ObjectNode record = record();
    ((ObjectNode) record.at("/s3/bucket")).put("name", "somebody-elses");

    upload(notification(record, Sample.KEY));

    assertThat(published().getString("status")).isEqualTo("INVALID");
    assertThat(published().getString("nextStep")).contains("FERRY_BACKUP_BUCKET");
    assertNothingSent();
  }

  @ParameterizedTest
  @CsvSource({
    "backup.json, names no phoneNumberId",
    "1234/backup.json, names no phoneNumberId",
    "123456789012345678901.json, names no phoneNumberId",
    "20261122/106540352242922.json, names more than one phoneNumberId",
    "106540352242922/106540352242923.json, names more than one phoneNumberId"
  })
  void anObjectWithoutOneIdIsInvalidOnTheTopic(String key, String problem) {
    outside.objects().put(Sample.BUCKET, key, Sample.backupFile());

    upload(notification(record(), key));

    assertThat(published().getString("status")).isEqualTo("INVALID");
    assertThat(published().getString("error.message")).contains(problem, key);
    assertNothingSent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "106540352242922/backup.json",
        "2026/106540352242922.json",
        "106540352242922",
        "106540352242922.backup.json",
        "106540352242922/106540352242922.json",
        "Grüße & mehr/a+b c%20d/106540352242922.json"
      })
  void theIdIsFoundInTheKeyWhichSurvivesAsItIs(String key) {
    outside.objects().put(Sample.BUCKET, key, Sample.backupFile());

    upload(notification(record(), key));

    assertThat(published().getString("status")).isEqualTo("MIGRATED");
    assertThat(published().getString("backup.key")).isEqualTo(key);
    assertRegisteredOnce();
  }

  @Test
  void aKeyOfEventBridgeIsNotDecoded() {
    String key = "a+b c%20d/106540352242922.json";
    outside.objects().put(Sample.BUCKET, key, Sample.backupFile());
    ObjectNode event = (ObjectNode) event("eventbridge.json");
    ((ObjectNode) event.at("/detail/object")).put("key", key);

    upload(event);

    assertThat(published().getString("backup.key")).isEqualTo(key);
    assertRegisteredOnce();
  }

  @Test
  void theMetadataOutranksTheKey() {
    outside.objects().put(Sample.BUCKET, "20261122/10000000.json", Sample.backupFile());
    outside.objects().putMetadata("phone-number-id", Sample.NUMBER);

    upload(notification(record(), "20261122/10000000.json"));

    assertThat(published().getString("phoneNumberId")).isEqualTo(Sample.NUMBER);
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "206540352242922/backup.json",
        "206540352242922.json",
        "206540352242922/106540352242922/backup.json",
        "106540352242922/206540352242922.json"
      })
  void metadataMovesNoOtherNumberThanTheKeyNames(String key) {
    outside.objects().put(Sample.BUCKET, key, Sample.backupFile());
    outside.objects().putMetadata("phone-number-id", Sample.NUMBER);

    upload(notification(record(), key));

    assertThat(published().getString("status")).isEqualTo("INVALID");
    assertThat(published().getString("error.message"))
        .isEqualTo(
            "the metadata phone-number-id names another number than the key:"
                + " s3://number-ferry-backups/"
                + key);
    assertNothingSent();
  }

  @Test
  void metadataThatIsNoIdIsInvalid() {
    outside.objects().putMetadata("phone-number-id", "+15551234567");

    upload(event("s3-put.json"));

    assertThat(published().getString("status")).isEqualTo("INVALID");
    assertNothingSent();
  }

  @ParameterizedTest
  @CsvSource({"123, 5 to 20 digits", "15551234567x, 5 to 20 digits"})
  void metadataThatCannotBeUsedNamesTheObject(String metadata, String problem) {
    outside.objects().putMetadata("phone-number-id", metadata);

    upload(event("s3-put.json"));

    assertThat(published().getString("status")).isEqualTo("INVALID");
    assertThat(published().getString("error.message"))
        .contains("phone-number-id", problem, "s3://" + Sample.BUCKET + "/" + Sample.KEY);
    assertNothingSent();
  }

  @ParameterizedTest
  @CsvSource({
    "403, eu-central-1, NOT_SENT, ' was denied: HTTP 403'",
    "503, eu-central-1, NOT_SENT, ' failed: HTTP 503'",
    "301, eu-west-1, INVALID, is in eu-west-1",
    "400, eu-west-1, INVALID, is in eu-west-1",
    "400, eu-central-1, NOT_SENT, ' failed: HTTP 400'"
  })
  void anObjectThatCannotBeAskedAboutIsOnTheTopic(
      int status, String region, String result, String problem) {
    outside.objects().answersHead(status, Map.of("x-amz-bucket-region", region));

    upload(event("sqs-uploads.json"));

    assertThat(published().getString("status")).isEqualTo(result);
    assertThat(published().getString("error.message")).contains(problem);
    assertNothingSent();
  }
}
