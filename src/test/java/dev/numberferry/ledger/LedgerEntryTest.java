package dev.numberferry.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.domain.Status;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerEntryTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final EntryFixture ledger = new EntryFixture();

  @Test
  void runsThatSentNothingPushNoCallOut() {
    add("called", Status.REJECTED);
    for (int i = 0; i < 2 * LedgerEntry.KEPT; i++) {
      add("unsent" + i, Status.NOT_SENT);
    }

    assertThat(ledger.entry().attempts()).hasSize(LedgerEntry.KEPT);
    assertThat(attempt("called")).isPresent();
  }

  @Test
  void theOldestCallGoesWhereAllHaveCalled() {
    for (int i = 0; i <= LedgerEntry.KEPT; i++) {
      add("called" + i, Status.REJECTED);
    }

    assertThat(ledger.entry().attempts()).hasSize(LedgerEntry.KEPT);
    assertThat(attempt("called0")).isEmpty();
    assertThat(attempt("called1")).isPresent();
  }

  private void add(String secretVersion, Status status) {
    AttemptKey key = AttemptKeyBuilder.builder().secretVersion(secretVersion).build();
    ledger.end(key, NOW, EntryFixture.ended(status));
  }

  private Optional<Attempt> attempt(String secretVersion) {
    return ledger.entry().newest(it -> it.key().secretVersion().equals(secretVersion));
  }
}
