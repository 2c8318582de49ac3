package dev.numberferry.function;

import static dev.numberferry.standin.GraphStandIn.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.numberferry.event.Payload;
import dev.numberferry.standin.CallListener;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A run that stands still, while others take it for dead, or stop everything. */
@QuarkusTest
class LateRunTest extends FunctionTestBase {

  private final CountDownLatch sweepPublishes = new CountDownLatch(1);
  private final CountDownLatch runIsOver = new CountDownLatch(1);
  private CompletableFuture<Void> sweeping;

  @Inject SweepFunction sweep;
  @Inject BrakeFunction brake;

  @AfterEach
  void stopListening() {
    outside.aws().listener(CallListener.NONE);
  }

  /**
   * The run calls and stands still; a sweep records UNKNOWN; the run wakes, records, publishes and
   * marks; and only then the sweep publishes.
   */
  @Test
  void thatAnOutcomeIsUnknownIsNotTheLastWordOnACallThatMovedTheNumber() {
    outside.graph().movesAfter(this::beginASweep);

    invokeSample().body("status", equalTo("MIGRATED"));
    endTheSweep();

    assertThat(takenStatuses()).containsExactly("MIGRATED", "UNKNOWN");
    assertThat(newestAttempt().getString("result.status")).isEqualTo("MIGRATED");
    sweep.sweep(null);
    sweep.sweep(null);
    sweep.sweep(null);
    assertThat(takenStatuses()).containsExactly("MIGRATED", "UNKNOWN", "MIGRATED", "MIGRATED");
    assertThat(outside.topic().taken())
        .extracting(it -> it.body().getString("migrationId"))
        .containsOnly(newestAttempt().getString("migrationId"));
    assertSettled();
    assertRegisteredOnce();
  }

  /** The same, and what the sweep has published stands in the ledger before the run records. */
  @Test
  void thatNothingWasSentIsHeardWhereAnUnknownOutcomeWas() {
    outside.graph().tells(state("ON_PREMISE", "CONNECTED").put("is_pin_enabled", false));
    outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.PIN, "generate"));
    outside.secrets().fails("PutSecretValue", 500, "InternalServiceError");
    receive(1);
    onceBefore(
        "SecretsManager.PutSecretValue",
        () -> {
          age(Duration.ofHours(1));
          sweep.sweep(null);
        });

    receive(2);

    assertThat(takenStatuses()).containsExactly("NOT_SENT", "UNKNOWN", "NOT_SENT");
    assertThat(entry().getList("attempts.silent")).isEqualTo(Arrays.asList(null, null));
    receive(3);
    assertThat(takenStatuses()).hasSize(3);
    sweep.sweep(null);
    sweep.sweep(null);
    assertThat(takenStatuses()).containsExactly("NOT_SENT", "UNKNOWN", "NOT_SENT", "NOT_SENT");
    assertSettled();
    assertNothingSent();
  }

  /** The answer to its claim is lost, and when it reads it again, a person has said stop. */
  @Test
  void aRunThatReadsTheBrakeAsEngagedDoesNotCall() {
    CountDownLatch repeated = new CountDownLatch(2);
    outside
        .aws()
        .listener(
            CallListener.of(
                call -> count(call, repeated),
                call -> {
                  if (call.name().equals(CLAIM) && repeated.getCount() == 1) {
                    writeOver();
                    command("engage", "the list looks wrong", "");
                    await(repeated);
                  }
                }));

    assertThat(failed(invokeSample(), "NotSent").getString("nextStep")).contains(brakeId());

    assertNothingSent();
    assertThat(newestAttempt().getString("result.status")).isEqualTo("NOT_SENT");
    assertSettled();
    outside.aws().listener(CallListener.NONE);
    command("release", "the list is right", brakeId());
    invokeSample().body("status", equalTo("MIGRATED"));
    assertRegisteredOnce();
  }

  private void beginASweep() {
    age(Duration.ofHours(1));
    onceBefore(
        "SNS.Publish",
        () -> {
          sweepPublishes.countDown();
          await(runIsOver);
        });
    sweeping = CompletableFuture.runAsync(() -> sweep.sweep(null));
    await(sweepPublishes);
  }

  private void endTheSweep() {
    runIsOver.countDown();
    sweeping.orTimeout(1, TimeUnit.MINUTES).join();
  }

  private void onceBefore(String name, Runnable step) {
    AtomicInteger calls = new AtomicInteger();
    outside
        .aws()
        .listener(
            CallListener.of(
                call -> {
                  if (call.name().equals(name) && calls.getAndIncrement() == 0) {
                    step.run();
                  }
                },
                call -> {}));
  }

  private void assertSettled() {
    assertThat(entry().getList("attempts.published")).containsOnly(true);
    assertThat(outside.ledger().items().get(0)).doesNotContainKey("due");
  }

  private static void receive(int receives) {
    invoke(message("m", receives, Sample.event("direct.json")))
        .body("batchItemFailures", hasSize(1));
  }

  private void command(String what, String why, String brakeId) {
    var command = JSON.createObjectNode().put(what, why).put("by", "Ada");
    brake.brake(
        Payload.of((brakeId.isEmpty() ? command : command.put("brakeId", brakeId)).toString()));
  }

  private String brakeId() {
    return outside.ledger().brake().orElseThrow().getString("engaged.brakeId");
  }
}
