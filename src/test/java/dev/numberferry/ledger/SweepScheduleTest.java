package dev.numberferry.ledger;

import static dev.numberferry.ledger.EntryFixture.ended;
import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.domain.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SweepScheduleTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final AttemptKey KEY =
      AttemptKeyBuilder.builder().secretId("s").secretVersion("v").build();

  private final EntryFixture ledger = new EntryFixture();

  @Test
  void anUnknownOutcomeIsLookedAtWithGrowingPausesForTwoHours() {
    Attempt unknown = ledger.end(KEY, NOW, ended(Status.UNKNOWN));
    LedgerEntry entry = ledger.entry();
    List<Long> minutes = new ArrayList<>();
    Optional<Instant> due = SweepSchedule.due(entry, NOW, Duration.ofSeconds(90));
    while (due.isPresent()) {
      Instant at = due.get();
      minutes.add(Duration.between(NOW, at).toMinutes());
      entry = entry.change(unknown.migrationId(), it -> SweepSchedule.lookedAt(it, at));
      due = SweepSchedule.due(entry, at, Duration.ofSeconds(90));
    }

    assertThat(minutes).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 62L, 92L, 120L);
  }

  @Test
  void whatNobodyHasLookedAtIsWatchedOnAfterTwoHours() {
    Attempt unknown = ledger.end(KEY, NOW, ended(Status.UNKNOWN));
    Instant later = NOW.plus(Duration.ofHours(3));

    assertThat(SweepSchedule.isWatched(ledger.entry(), unknown, later)).isTrue();
    LedgerEntry looked =
        ledger.entry().change(unknown.migrationId(), it -> SweepSchedule.lookedAt(it, later));
    assertThat(SweepSchedule.due(looked, later, Duration.ofSeconds(90))).isEmpty();
  }
}
