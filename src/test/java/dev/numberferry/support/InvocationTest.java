package dev.numberferry.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InvocationTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final InvocationStandIn invocation = new InvocationStandIn();

  @Test
  void allThatItDoesHasOneTimeWhichBeginsWithItsEvent() {
    invocation.begin();
    invocation.passes(Duration.ofSeconds(50));

    assertThat(invocation.deadline(MINUTE).left()).isEqualTo(Duration.ofSeconds(10));
    assertThat(invocation.deadline(MINUTE).isOver()).isFalse();
    invocation.passes(Duration.ofSeconds(10));
    assertThat(invocation.deadline(MINUTE).isOver()).isTrue();
  }

  @Test
  void theNextEventHasATimeOfItsOwn() {
    invocation.begin();
    invocation.passes(MINUTE);

    invocation.begin();

    assertThat(invocation.deadline(MINUTE).left()).isEqualTo(MINUTE);
  }

  @Test
  void aDeadlineComesNearerWhileTimePasses() {
    invocation.begin();
    Deadline deadline = invocation.deadline(MINUTE);

    invocation.passes(Duration.ofSeconds(50));

    assertThat(deadline.left()).isEqualTo(Duration.ofSeconds(10));
    assertThat(deadline.minus(Duration.ofSeconds(10)).isOver()).isTrue();
  }

  @Test
  void whereNoEventWasReadTheTimeBeginsWhenItIsAskedFor() {
    invocation.begin();
    invocation.passes(MINUTE);

    assertThat(CompletableFuture.supplyAsync(() -> invocation.deadline(MINUTE).left()).join())
        .isEqualTo(MINUTE);
  }
}
