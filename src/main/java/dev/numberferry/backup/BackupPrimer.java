package dev.numberferry.backup;

import dev.numberferry.support.DryCall;
import dev.numberferry.support.Primer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;

/** Makes the client of S3 and the reading of backups ready. */
@ApplicationScoped
class BackupPrimer implements Primer {

  /** In the form that the backup call answers in, and nobody's. */
  private static final String ANSWER = "{\"settings\": {\"data\": \"0000000000000000\"}}";

  private final S3Client s3;

  BackupPrimer(S3Client s3) {
    this.s3 = s3;
  }

  @Override
  public boolean isFor(String function) {
    return !function.equals("sweep") && !function.equals("brake");
  }

  @Override
  public void prime() throws IOException {
    BackupParser.read(ANSWER);
    DryCall.make(
        dry ->
            s3.getObject(
                it ->
                    it.bucket("backups")
                        .key("none")
                        .checksumMode(ChecksumMode.ENABLED)
                        .overrideConfiguration(dry)));
  }
}
