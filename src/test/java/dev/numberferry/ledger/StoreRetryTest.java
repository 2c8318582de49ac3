package dev.numberferry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.numberferry.domain.StoreException;
import dev.numberferry.support.Deadline;
import dev.numberferry.support.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** On a machine whose time passes only in pauses, and that throws a die with one side. */
class StoreRetryTest {

  private static final class PatientMachine extends Machine {

    private final List<Duration> pauses = new ArrayList<>();

    @Override
    public long nanos() {
      return pauses.stream().reduce(Duration.ZERO, Duration::plus).toNanos();
    }

    @Override
    public boolean pause(Duration time) {
      pauses.add(time);
      return true;
    }

    @Override
    public Random random() {
      return new Random() {
        private static final long serialVersionUID = 1L;

        @Override
        public int nextInt(int bound) {
          return bound - 1;
        }
      };
    }
  }

  private final PatientMachine machine = new PatientMachine();
  private final StoreRetry retry = new StoreRetry(machine);
  private int calls;

  @Test
  void whatFailsIsTriedAgainWithGrowingPauses() {
    Deadline deadline = machine.deadline(Duration.ofMinutes(1));

    assertThat(retry.untilItWorks(deadline, () -> failing(8))).isEqualTo("done");

    assertThat(machine.pauses.stream().map(Duration::toMillis))
        .containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_000L, 3_000L);
  }

  @Test
  void whereNoTimeIsLeftTheLastFailureIsTold() {
    Deadline deadline = machine.deadline(Duration.ofMillis(701));

    assertThatThrownBy(() -> retry.untilItWorks(deadline, () -> failing(100)))
        .isInstanceOf(StoreException.class)
        .hasMessage("try 4");
  }

  @Test
  void itIsTriedOnceAtLeast() {
    assertThatThrownBy(() -> retry.untilItWorks(Deadline.OVER, () -> failing(100)))
        .hasMessage("try 1");
    assertThat(machine.pauses).isEmpty();
  }

  /** Works at this try. */
  private String failing(int until) {
    calls++;
    if (calls < until) {
      throw new StoreException("try " + calls, "");
    }
    return "done";
  }
}
