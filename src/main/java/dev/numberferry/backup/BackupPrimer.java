package dev.numberferry.backup;

import dev.numberferry.support.DryCall;
import dev.numberferry.support.Primer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;

/** Makes the client of S3 ready. */
@ApplicationScoped
class BackupPrimer implements Primer {

  private final S3Client s3;

  BackupPrimer(S3Client s3) {
    this.s3 = s3;
  }

  @Override
  public void prime() throws IOException {
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
