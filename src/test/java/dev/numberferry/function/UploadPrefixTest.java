package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.event.Payload;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Uploads where the operator keeps backups and other things in one bucket. */
@QuarkusTest
@TestProfile(OtherSettings.class)
class UploadPrefixTest extends FunctionTestBase {

  @Inject BackupUploadedFunction function;

  @Test
  void anUploadOutsideOfThePrefixIsPassedOver() {
    function.backupUploaded(Payload.of(Sample.event("s3-put.json")));

    assertThat(outside.topic().messages()).isEmpty();
    assertNothingSent();
  }

  @Test
  void anUploadUnderThePrefixStartsAMigration() {
    outside.objects().put(Sample.BUCKET, "backups/" + Sample.KEY, Sample.backupFile());

    function.backupUploaded(
        Payload.of(Sample.event("s3-put.json").replace(Sample.KEY, "backups/" + Sample.KEY)));

    assertThat(published().getString("status")).isEqualTo("MIGRATED");
    assertRegisteredOnce();
  }
}
