package dev.numberferry.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.MigrationRequestBuilder;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.Trigger;
import dev.numberferry.domain.Upload;
import dev.numberferry.ledger.FailingLedger;
import dev.numberferry.ledger.NumberLedger;
import dev.numberferry.migration.UnfinishedException.NotRecordedException;
import dev.numberferry.schema.HeldToDocs;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.Sample;
import dev.numberferry.standin.StandIns;
import io.quarkus.arc.ClientProxy;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keeping what was no attempt fails in a way that nobody has foreseen. */
@QuarkusTest
@QuarkusTestResource(StandIns.class)
class UnkeptUploadTest implements HeldToDocs {

  private static final StoredBackup OBJECT = new StoredBackup(Sample.BUCKET, Sample.KEY, null);

  @Inject Migrator migrator;
  @Inject NumberLedger ledger;

  StandIns outside;

  @BeforeEach
  void keepNothingOfANumberThatHasMoved() {
    outside.reset();
    outside.graph().tells(GraphStandIn.state("CLOUD_API", "CONNECTED"));
    QuarkusMock.installMockForType(
        new FailingLedger(ClientProxy.unwrap(ledger), () -> {}, () -> {}), NumberLedger.class);
  }

  @Test
  void anUploadIsPublishedAndComesAgain() {
    Upload upload = new Upload(OBJECT, Instant.parse("2026-11-22T12:00:00Z"), "01");
    Delivery delivery = Delivery.of(Trigger.UPLOAD).withUpload(Optional.of(upload));

    assertThatThrownBy(() -> migrator.migrateUploaded(delivery))
        .isInstanceOf(NotRecordedException.class);

    assertPublishedOnce("ALREADY_MIGRATED");
  }

  @Test
  void anyOtherEventIsAnswered() {
    outside.objects().remove(Sample.BUCKET, Sample.KEY);
    var request =
        MigrationRequestBuilder.builder()
            .phoneNumberId(new PhoneNumberId(Sample.NUMBER))
            .backup(OBJECT)
            .delivery(Delivery.of(Trigger.DIRECT))
            .build();

    assertThat(migrator.migrate(request).status()).isEqualTo(Status.INVALID);

    assertPublishedOnce("INVALID");
  }

  private void assertPublishedOnce(String status) {
    assertThat(outside.topic().messages())
        .singleElement()
        .satisfies(it -> assertThat(it.attributes()).containsEntry("status", status));
    assertThat(outside.graph().registers()).isEmpty();
  }
}
