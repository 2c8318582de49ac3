package dev.numberferry.migration;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.MigrationRequestBuilder;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.Trigger;
import dev.numberferry.migration.UnfinishedException.NotSentException;
import dev.numberferry.schema.HeldToDocs;
import dev.numberferry.standin.CallListener;
import dev.numberferry.standin.Sample;
import dev.numberferry.standin.StandIns;
import dev.numberferry.support.Invocation;
import dev.numberferry.support.InvocationStandIn;
import dev.numberferry.support.Machine;
import dev.numberferry.whatsapp.Registration;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No call is made whose answer nobody would be there to hear. */
@QuarkusTest
@QuarkusTestResource(StandIns.class)
class LateCallTest implements HeldToDocs {

  private static final String CLAIM = "DynamoDB.PutItem (claim)";

  private final InvocationStandIn invocation = new InvocationStandIn();

  @Inject Migrator migrator;
  @Inject FerryConfig config;
  @Inject Registration registration;

  StandIns outside;

  @BeforeEach
  void begin() {
    outside.reset();
    QuarkusMock.installMockForType(invocation, Invocation.class);
    invocation.begin();
  }

  @AfterEach
  void stopListening() {
    outside.aws().listener(CallListener.NONE);
    outside.graph().listener(CallListener.NONE);
  }

  @Test
  void aClaimThatIsGrantedTooLateIsLetGoAndTheSameEventWorksLater() {
    outside.aws().listener(onTheCall(CLAIM, latest()));

    assertNotSent();

    assertThat(outside.ledger().items().get(0).get("entry").s()).contains("NOT_SENT");
    assertThat(outside.ledger().items().get(0)).doesNotContainKey("due");
    outside.aws().listener(CallListener.NONE);
    invocation.begin();
    assertThat(migrator.migrate(sample()).status()).isEqualTo(Status.MIGRATED);
    assertThat(outside.graph().registers()).hasSize(1);
  }

  @Test
  void aClaimThatIsGrantedJustInTimeIsFollowedByTheCall() {
    outside.aws().listener(onTheCall(CLAIM, latest().minusNanos(1)));

    assertThat(migrator.migrate(sample()).status()).isEqualTo(Status.MIGRATED);

    assertThat(outside.graph().registers()).hasSize(1);
  }

  /** Lambda freezes processes, and another run may have closed the claim by then. */
  @Test
  void aProcessThatStoodStillAfterItsClaimDoesNotCall() {
    standStillAfterTheClaim(config.longestRun().dividedBy(2).plusSeconds(1));

    assertNotSent();

    assertThat(outside.ledger().items().get(0).get("entry").s()).contains("NOT_SENT");
  }

  @Test
  void aProcessThatStoodStillForLessCalls() {
    standStillAfterTheClaim(config.longestRun().dividedBy(3));

    assertThat(migrator.migrate(sample()).status()).isEqualTo(Status.MIGRATED);

    assertThat(outside.graph().registers()).hasSize(1);
  }

  @Test
  void timeThatPassesBeforeTheEventIsHandledCounts() {
    invocation.passes(latest());

    assertNotSent();
  }

  @Test
  void timeThatPassesUntilTheConnectionStandsCounts() {
    Logger logger = Logger.getLogger(RegisterStep.class.getName());
    Handler late = onTheLine("Calling register, once", latest());
    logger.addHandler(late);
    try {
      assertNotSent();
    } finally {
      logger.removeHandler(late);
    }
  }

  @Test
  void whatBecameOfACallIsAskedOnlyWhileThereIsTimeToRecordIt() {
    outside.graph().answers(aResponse().withStatus(502));
    outside.graph().listener(onTheCall("POST register", config.functionTimeout()));

    assertThat(migrator.migrate(sample()).status()).isEqualTo(Status.UNKNOWN);

    // Before the call, and once after it.
    assertThat(outside.graph().looks()).hasSize(2);
    assertThat(outside.ledger().items().get(0).get("entry").s()).contains("UNKNOWN");
    assertThat(outside.graph().registers()).hasSize(1);
  }

  @Test
  void aRunBeginsWhileThereIsTimeForWhatComesBeforeItsCallToo() {
    Duration eighth = config.functionTimeout().dividedBy(8);
    invocation.passes(latest().minus(eighth).minusNanos(1));
    assertThat(migrator.hasTime()).isTrue();

    invocation.passes(Duration.ofNanos(1));

    assertThat(migrator.hasTime()).isFalse();
  }

  @Test
  void theFirstRunOfAnInvocationBeginsHoweverLittleTimeThereIs() {
    Duration spare = Duration.ofMillis(10);
    Duration call = config.workTime().minus(spare);

    assertThat(RegisterStep.timeForARun(config, call))
        .isEqualTo(call.plus(spare.dividedBy(2)))
        .isLessThan(config.workTime());
  }

  /** From when on too little is left: for the call, and for an eighth of all. */
  private Duration latest() {
    Duration eighth = config.functionTimeout().dividedBy(8);
    return config.functionTimeout().minus(eighth).minus(registration.longest());
  }

  private void assertNotSent() {
    assertThatThrownBy(() -> migrator.migrate(sample()))
        .isInstanceOfSatisfying(
            NotSentException.class,
            it ->
                assertThat(it.result().outcome().error().message())
                    .startsWith("too little time was left"));
    assertThat(outside.graph().registers()).isEmpty();
    assertThat(outside.topic().messages())
        .singleElement()
        .satisfies(it -> assertThat(it.attributes()).containsEntry("status", "NOT_SENT"));
  }

  /** So much later is it by the machine's clock, and the invocation's time stands still. */
  private void standStillAfterTheClaim(Duration time) {
    AtomicReference<Duration> stoodStill = new AtomicReference<>(Duration.ZERO);
    QuarkusMock.installMockForType(
        new Machine() {
          @Override
          public Instant now() {
            return super.now().plus(stoodStill.get());
          }
        },
        Machine.class);
    outside.aws().listener(onTheCall(CLAIM, () -> stoodStill.set(time)));
  }

  /** So much time passes until this call is answered. */
  private CallListener onTheCall(String name, Duration time) {
    return onTheCall(name, () -> invocation.passes(time));
  }

  private static CallListener onTheCall(String name, Runnable then) {
    return new CallListener() {
      @Override
      public boolean arrived(Call call) {
        return true;
      }

      @Override
      public void tookEffect(Call call) {
        if (call.name().equals(name)) {
          then.run();
        }
      }
    };
  }

  private Handler onTheLine(String words, Duration time) {
    return new Handler() {
      @Override
      public void publish(LogRecord line) {
        if (line.getMessage().equals(words)) {
          invocation.passes(time);
        }
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  private static MigrationRequest sample() {
    return MigrationRequestBuilder.builder()
        .phoneNumberId(new PhoneNumberId(Sample.NUMBER))
        .backup(new StoredBackup(Sample.BUCKET, Sample.KEY, null))
        .delivery(Delivery.of(Trigger.DIRECT))
        .build();
  }
}
