package dev.numberferry.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.MigrationRequestBuilder;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.NumberState;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Trigger;
import dev.numberferry.ledger.FailingLedger;
import dev.numberferry.ledger.NumberLedger;
import dev.numberferry.messaging.FailingTopic;
import dev.numberferry.messaging.ResultTopic;
import dev.numberferry.metrics.SilentLines;
import dev.numberferry.schema.HeldToDocs;
import dev.numberferry.standin.Sample;
import dev.numberferry.standin.StandIns;
import dev.numberferry.support.Invocation;
import dev.numberferry.support.Machine;
import io.quarkus.arc.ClientProxy;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever fails after the call, and wherever: nobody says that nothing was sent. */
@QuarkusTest
@QuarkusTestResource(StandIns.class)
class AfterTheCallTest implements HeldToDocs {

  /** What follows the call, in its order. */
  enum Point {
    RESULT_IS_MADE,
    LOOK_BEGINS,
    LOOK_ENDS,
    RESULT_IS_RECORDED,
    RESULT_IS_PUBLISHED,
    RESULT_IS_MARKED;

    void reached(Point failing, Supplier<Throwable> failure) {
      if (this == failing) {
        throw AfterTheCallTest.<RuntimeException>asIs(failure.get());
      }
    }
  }

  @Inject Migrator migrator;
  @Inject FerryConfig config;
  @Inject NumberLedger ledger;
  @Inject ResultTopic topic;

  StandIns outside;

  @BeforeEach
  void reset() {
    outside.reset();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void theAnswerOfWhatsAppIsHeardWhateverFailsAfterIt(Point failing, Supplier<Throwable> failure) {
    install(failing, failure);

    try {
      migrator.migrate(sample());
    } catch (RuntimeException | OutOfMemoryError e) {
      // What the invoker is told is no concern here: the topic and the ledger are.
    }

    assertThat(outside.graph().registers()).hasSize(1);
    assertThat(publishedStatuses()).isSubsetOf(Set.of("MIGRATED"));
    assertThat(outside.ledger().items().get(0).get("entry").s()).doesNotContain("NOT_SENT");
    if (failing != Point.RESULT_IS_PUBLISHED) {
      assertThat(publishedStatuses()).containsExactly("MIGRATED");
    }
  }

  private static Stream<Arguments> failures() {
    return Stream.of(Point.values())
        .flatMap(
            point ->
                Stream.<Supplier<Throwable>>of(
                        OutOfMemoryError::new, () -> new IllegalStateException("a surprise"))
                    .map(failure -> Arguments.of(point, failure)));
  }

  private void install(Point failing, Supplier<Throwable> failure) {
    QuarkusMock.installMockForType(new Runs(config, failing, failure), MigrationRuns.class);
    QuarkusMock.installMockForType(new Look(failing, failure), AfterCare.class);
    QuarkusMock.installMockForType(
        new FailingLedger(
            ClientProxy.unwrap(ledger),
            () -> Point.RESULT_IS_RECORDED.reached(failing, failure),
            () -> Point.RESULT_IS_MARKED.reached(failing, failure)),
        NumberLedger.class);
    QuarkusMock.installMockForType(
        new FailingTopic(
            ClientProxy.unwrap(topic), () -> Point.RESULT_IS_PUBLISHED.reached(failing, failure)),
        ResultTopic.class);
  }

  private List<String> publishedStatuses() {
    return outside.topic().messages().stream().map(it -> it.attributes().get("status")).toList();
  }

  private static MigrationRequest sample() {
    return MigrationRequestBuilder.builder()
        .phoneNumberId(new PhoneNumberId(Sample.NUMBER))
        .backup(new StoredBackup(Sample.BUCKET, Sample.KEY, null))
        .delivery(Delivery.of(Trigger.DIRECT))
        .build();
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException asIs(Throwable thrown) throws T {
    throw (T) thrown;
  }

  /** Starts runs that fail where the first result of their attempt is made. */
  private static final class Runs extends MigrationRuns {

    private static final Machine MACHINE = new Machine();

    private final Point failing;
    private final Supplier<Throwable> failure;

    private Runs(FerryConfig config, Point failing, Supplier<Throwable> failure) {
      super(config, MACHINE, new Invocation(MACHINE), new SilentLines());
      this.failing = failing;
      this.failure = failure;
    }

    @Override
    MigrationRun start(Delivery delivery) {
      String id = MACHINE.newId();
      return new MigrationRun(
          report(id, "direct"),
          id,
          delivery,
          MACHINE.now(),
          MACHINE.deadline(Duration.ofSeconds(10))) {

        private boolean made;

        @Override
        MigrationResult endAttempt(Outcome outcome) {
          if (!made) {
            made = true;
            Point.RESULT_IS_MADE.reached(failing, failure);
          }
          return super.endAttempt(outcome);
        }
      };
    }
  }

  private static final class Look extends AfterCare {

    private final Point failing;
    private final Supplier<Throwable> failure;

    private Look(Point failing, Supplier<Throwable> failure) {
      super(null, null, null);
      this.failing = failing;
      this.failure = failure;
    }

    @Override
    Supplier<Outcome> start(
        MigrationRequest request,
        AccessToken token,
        Optional<NumberState> earlier,
        Outcome outcome) {
      Point.LOOK_BEGINS.reached(failing, failure);
      return () -> {
        Point.LOOK_ENDS.reached(failing, failure);
        return outcome;
      };
    }
  }
}
