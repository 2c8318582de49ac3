package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Reason;
import dev.numberferry.event.Payload;
import dev.numberferry.support.Machine;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A machine whose clock is an hour ahead takes nobody's claim for dead. */
@QuarkusTest
class ClockSkewTest extends FunctionTestBase {

  @Inject MigrateFunction elsewhere;

  @Test
  void aClaimIsAsOldAsTheLedgerSaysAndNotTheMachine() {
    AtomicReference<MigrationResult> meanwhile = new AtomicReference<>();
    outside.ledger().clock(Clock.systemUTC());
    outside
        .graph()
        .movesAfter(
            () -> {
              QuarkusMock.installMockForType(new Ahead(), Machine.class);
              Payload event = Payload.of(sampleRetrying("it hangs"));
              meanwhile.set((MigrationResult) elsewhere.migrate(event));
            });

    invokeSample().body("status", equalTo("MIGRATED"));

    assertThat(meanwhile.get().outcome().reason()).isEqualTo(Reason.IN_PROGRESS);
    assertRegisteredOnce();
  }

  private static final class Ahead extends Machine {

    @Override
    public Instant now() {
      return super.now().plus(Duration.ofHours(1));
    }
  }
}
