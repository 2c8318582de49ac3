package dev.numberferry.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.MigrationRequestBuilder;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.NumberState;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Status;
import dev.numberferry.standin.Sample;
import dev.numberferry.standin.StandIns;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What nobody has foreseen after the call does not turn it into one that sent nothing. */
@QuarkusTest
@QuarkusTestResource(StandIns.class)
class AfterTheCallTest {

  @Inject Migrator migrator;

  StandIns outside;

  @Test
  void theAnswerOfWhatsAppIsPublishedAndRecordedWhenMemoryRunsOutAfterIt() {
    outside.reset();
    QuarkusMock.installMockForType(new OutOfMemory(), AfterCare.class);
    MigrationRequest request =
        MigrationRequestBuilder.builder()
            .phoneNumberId(new PhoneNumberId(Sample.NUMBER))
            .backup(new StoredBackup(Sample.BUCKET, Sample.KEY, null))
            .delivery(Delivery.of("direct"))
            .build();

    MigrationResult result = migrator.migrate(request);

    assertThat(result.status()).isEqualTo(Status.MIGRATED);
    assertThat(outside.topic().messages())
        .singleElement()
        .satisfies(it -> assertThat(it.attributes()).containsEntry("status", "MIGRATED"));
    assertThat(outside.ledger().items().get(0).get("entry").s()).contains("MIGRATED");
    assertThat(outside.graph().registers()).hasSize(1);
  }

  private static final class OutOfMemory extends AfterCare {

    private OutOfMemory() {
      super(null, null, null);
    }

    @Override
    Supplier<Outcome> start(
        MigrationRequest request,
        AccessToken token,
        Optional<NumberState> earlier,
        Outcome outcome) {
      throw new OutOfMemoryError();
    }
  }
}
