package dev.numberferry.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Status;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LedgerEntryTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private LedgerEntry entry = LedgerEntry.empty(new PhoneNumberId("106540352242922"));

  @Test
  void runsThatSentNothingPushNoCallOut() {
    add("called", Status.REJECTED);
    for (int i = 0; i < 2 * LedgerEntry.KEPT; i++) {
      add("unsent" + i, Status.NOT_SENT);
    }

    assertThat(entry.attempts()).hasSize(LedgerEntry.KEPT);
    assertThat(entry.attempt("called")).isPresent();
  }

  @Test
  void theOldestCallGoesWhereAllHaveCalled() {
    for (int i = 0; i <= LedgerEntry.KEPT; i++) {
      add("called" + i, Status.REJECTED);
    }

    assertThat(entry.attempts()).hasSize(LedgerEntry.KEPT);
    assertThat(entry.attempt("called0")).isEmpty();
    assertThat(entry.attempt("called1")).isPresent();
  }

  private void add(String id, Status status) {
    AttemptKey key = new AttemptKey("b", "b?versionId=1", "s", id, null, null);
    entry =
        entry.with(Attempt.claim(id, key, null, "direct", null, NOW).ended(result(status), NOW));
  }

  private static MigrationResult result(Status status) {
    return new MigrationResult(
        1, "m", null, status, null, null, null, null, null, "next", null, null, null, null, null,
        null, null, NOW, NOW, 0);
  }
}
