package dev.numberferry.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.standin.CallListener;
import dev.numberferry.standin.LambdaStandIn.Answer;
import dev.numberferry.standin.Sample;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The process stands still between its claim and its call, for longer than anybody waits for it:
 * its claim may have been closed by then, so it must not call.
 */
class FrozenIT {

  /** Longer than half of the longest run, and yet there would be time for the call. */
  private static final long FROZEN_MS = 3_500;

  @RegisterExtension
  private static final Outside OUTSIDE =
      new Outside(
          Map.of(
              "QUARKUS_REST_CLIENT_WHATSAPP_CONNECT_TIMEOUT", "200",
              "QUARKUS_REST_CLIENT_WHATSAPP_READ_TIMEOUT", "400",
              "FERRY_RECONCILE_FOR", "100ms",
              "FERRY_FUNCTION_TIMEOUT", "5900ms",
              "FERRY_LONGEST_RUN", "6s"));

  @Test
  void aRunThatStoodStillAfterItsClaimDoesNotCall() {
    OUTSIDE.reset();
    AtomicReference<Ferries> running = new AtomicReference<>();
    OUTSIDE.listener(
        new CallListener() {
          @Override
          public boolean arrived(Call call) {
            return true;
          }

          @Override
          public void tookEffect(Call call) {
            if (call.name().equals("DynamoDB.PutItem (claim)")) {
              running.get().freeze();
              CompletableFuture.delayedExecutor(FROZEN_MS, TimeUnit.MILLISECONDS)
                  .execute(running.get()::thaw);
            }
          }
        });

    Answer answer;
    try (Ferries ferry = OUTSIDE.start("migrate", 1)) {
      running.set(ferry);
      answer = ferry.deliver(Sample.event("direct.json")).orTimeout(1, TimeUnit.MINUTES).join();
    }

    assertThat(answer.failed()).isTrue();
    assertThat(OUTSIDE.graph().registers()).isEmpty();
    assertThat(OUTSIDE.published()).containsExactly("NOT_SENT");
  }
}
