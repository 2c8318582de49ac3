package dev.numberferry.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Status;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.AttemptKey;
import dev.numberferry.ledger.LedgerEntry;
import dev.numberferry.migration.CallRules.PinComparison;
import dev.numberferry.migration.Decision.Go;
import dev.numberferry.migration.Decision.Hold;
import dev.numberferry.migration.Decision.Replay;
import dev.numberferry.secrets.NumberSecrets.Comparison;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallRulesTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final PinComparison OTHER_PIN = attempt -> Comparison.OTHER;
  private static final PinComparison SAME_PIN = attempt -> Comparison.SAME;
  private static final PinComparison PIN_GONE = attempt -> Comparison.GONE;

  private final CallRules rules = new CallRules(5);
  private LedgerEntry entry = LedgerEntry.empty(new PhoneNumberId("106540352242922"));
  private int ids;

  @Test
  void aNumberNeverHeardOfMayBeCalled() {
    assertThat(decide(key("v1", null), OTHER_PIN)).isInstanceOf(Go.class);
  }

  @Test
  void theSameAttemptInProgressIsSilent() {
    claim(key("v1", null), Duration.ofSeconds(1));

    assertHold(key("v1", null), OTHER_PIN, Reason.IN_PROGRESS, true);
  }

  @Test
  void anotherAttemptInProgressIsHeldBackForAllToHear() {
    claim(key("v1", null), Duration.ofSeconds(1));

    assertHold(key("v2", null), OTHER_PIN, Reason.IN_PROGRESS, false);
    assertHold(key("v1", "I know better"), OTHER_PIN, Reason.IN_PROGRESS, false);
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      names = {"MIGRATED", "REJECTED", "UNKNOWN"})
  void theSameAttemptAgainIsReplayed(Status status) {
    end(key("v1", null), status, null, Duration.ofDays(300));

    assertThat(decide(key("v1", null), OTHER_PIN)).isInstanceOf(Replay.class);
  }

  @Test
  void anAttemptThatSentNothingIsMadeAgain() {
    end(key("v1", null), Status.NOT_SENT, null, Duration.ofSeconds(1));

    assertThat(decide(key("v1", null), OTHER_PIN)).isInstanceOf(Go.class);
  }

  @Test
  void theVersionThatAGeneratedPinIsStoredUnderIsTheSameAttempt() {
    AttemptKey generated = new AttemptKey("b", "b?versionId=1", "s", "v1", "v2", null);
    end(generated, Status.UNKNOWN, null, Duration.ofMinutes(5));

    assertThat(decide(key("v2", null), OTHER_PIN)).isInstanceOf(Replay.class);
  }

  @Test
  void aMigratedNumberIsNotCalledAgainWhateverTheEventSays() {
    end(key("v1", null), Status.MIGRATED, null, Duration.ofDays(300));

    Hold hold = hold(key("v2", "I know better"), OTHER_PIN);
    assertThat(hold.ending().status()).isEqualTo(Status.ALREADY_MIGRATED);
  }

  @Test
  void whereBackupOrSecretAreGoneTheEventsOwnWordsDecide() {
    end(key("v1", null), Status.MIGRATED, null, Duration.ofDays(300));

    assertThat(rules.settled(entry, "b", Optional.empty())).containsInstanceOf(Replay.class);
    assertThat(rules.settled(entry, "other", Optional.empty())).containsInstanceOf(Hold.class);
  }

  @Test
  void aNumberThatHasNotMovedStillNeedsBackupAndSecret() {
    end(key("v1", null), Status.REJECTED, 133006, Duration.ofDays(300));

    assertThat(rules.settled(entry, "other", Optional.empty())).isEmpty();
  }

  @Test
  void aPinThatWasWrongIsNeverSentAgainNotEvenWithARetry() {
    end(key("v1", null), Status.REJECTED, 133005, Duration.ofDays(300));

    assertHold(key("v2", null), SAME_PIN, Reason.PIN_REFUSED, false);
    assertHold(key("v2", "I know better"), SAME_PIN, Reason.PIN_REFUSED, false);
  }

  @Test
  void aPinThatWasWrongStaysWrongAfterAnotherOneWasTried() {
    end(key("v1", null), Status.REJECTED, 133005, Duration.ofDays(9));
    end(key("v2", null), Status.REJECTED, 133006, Duration.ofDays(8));

    PinComparison likeTheFirst =
        attempt -> attempt.key().secretVersion().equals("v1") ? Comparison.SAME : Comparison.OTHER;
    assertHold(key("v3", "I know better"), likeTheFirst, Reason.PIN_REFUSED, false);
  }

  @Test
  void anotherPinMayBeTriedAfterAWrongOne() {
    end(key("v1", null), Status.REJECTED, 133005, Duration.ofDays(1));

    assertThat(decide(key("v2", null), OTHER_PIN)).isInstanceOf(Go.class);
  }

  @Test
  void aWrongPinThatNobodyCanCompareIsHeldBackUntilARetry() {
    end(key("v1", null), Status.REJECTED, 133005, Duration.ofDays(1));

    assertHold(key("v2", null), PIN_GONE, Reason.PIN_REFUSED, false);
    assertThat(decide(key("v2", "I know better"), PIN_GONE)).isInstanceOf(Go.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {133008, 133009, 131031})
  void aPinUnderSuspicionIsHeldBackUntilAnotherOneOrARetry(int code) {
    end(key("v1", null), Status.REJECTED, code, Duration.ofDays(1));

    assertHold(key("v2", null), SAME_PIN, Reason.PIN_REFUSED, false);
    assertHold(key("v2", null), PIN_GONE, Reason.PIN_REFUSED, false);
    assertThat(decide(key("v2", null), OTHER_PIN)).isInstanceOf(Go.class);
    assertThat(decide(key("v2", "I know better"), SAME_PIN)).isInstanceOf(Go.class);
  }

  @Test
  void afterAnUnknownEffectOnlyARetryGoesOn() {
    end(key("v1", null), Status.UNKNOWN, null, Duration.ofDays(300));

    assertHold(key("v2", null), OTHER_PIN, Reason.AFTER_UNKNOWN, false);
    assertThat(decide(key("v2", "I looked"), OTHER_PIN)).isInstanceOf(Go.class);
  }

  @Test
  void aKnownOutcomeAfterARetryLiftsTheUnknownOne() {
    end(key("v1", null), Status.UNKNOWN, null, Duration.ofDays(300));
    end(key("v1", "I looked"), Status.REJECTED, 133006, Duration.ofDays(299));

    assertThat(decide(key("v2", null), OTHER_PIN)).isInstanceOf(Go.class);
  }

  @Test
  void aRetryThatSentNothingDoesNotLiftTheUnknownOne() {
    end(key("v1", null), Status.UNKNOWN, null, Duration.ofDays(300));
    end(key("v1", "I looked"), Status.NOT_SENT, null, Duration.ofDays(299));

    assertHold(key("v2", null), OTHER_PIN, Reason.AFTER_UNKNOWN, false);
  }

  @Test
  void aWaitThatWhatsAppWantsIsKeptToTheSecond() {
    Instant until = NOW.plusSeconds(1);
    endUntil(key("v1", null), 133016, until);

    Hold hold = assertHold(key("v2", null), OTHER_PIN, Reason.BLOCKED, false);
    assertThat(hold.ending().until()).isEqualTo(until);
    assertThat(rules.decide(entry, key("v2", null), null, OTHER_PIN, until)).isInstanceOf(Go.class);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "4, -, true",
        "5, -, false",
        "5, I know better, true",
        "9, retry, true",
        "10, retry, false"
      })
  void soManyCallsIn72HoursAreEnough(int calls, String retry, boolean go) {
    for (int i = 0; i < calls; i++) {
      end(key("v" + i, null), Status.REJECTED, 133006, Duration.ofHours(71));
    }

    Decision decision = decide(key("new", retry), OTHER_PIN);

    if (go) {
      assertThat(decision).isInstanceOf(Go.class);
    } else {
      assertThat(((Hold) decision).ending().reason()).isEqualTo(Reason.CALL_BUDGET);
    }
  }

  @Test
  void theBudgetSaysFromWhenOnThereIsRoomAgain() {
    for (int i = 0; i < 6; i++) {
      end(key("v" + i, null), Status.REJECTED, 133006, Duration.ofHours(70 - i));
    }

    Hold hold = assertHold(key("new", null), OTHER_PIN, Reason.CALL_BUDGET, false);

    // Six calls, five allowed: the two oldest have to be 72 hours old.
    assertThat(hold.ending().until())
        .isEqualTo(NOW.minus(Duration.ofHours(69)).plus(Duration.ofHours(72)));
  }

  @Test
  void callsOfLongAgoAndRunsThatSentNothingDoNotCount() {
    for (int i = 0; i < 5; i++) {
      end(key("old" + i, null), Status.REJECTED, 133006, Duration.ofHours(72));
      end(key("unsent" + i, null), Status.NOT_SENT, null, Duration.ofHours(1));
    }

    assertThat(decide(key("new", null), OTHER_PIN)).isInstanceOf(Go.class);
  }

  @ParameterizedTest
  @CsvSource({"-1, false", "0, true", "1, true"})
  void theOlderOfTwoUploadsDoesNotRunAfterTheNewer(int secondsLater, boolean go) {
    Attempt newer = Attempt.claim("m", key("v1", null), null, "upload", NOW, NOW);
    entry = entry.with(newer.ended(result(Status.REJECTED, newer), NOW));

    Decision decision =
        rules.decide(entry, key("v2", null), NOW.plusSeconds(secondsLater), OTHER_PIN, NOW);

    if (go) {
      assertThat(decision).isInstanceOf(Go.class);
    } else {
      assertThat(((Hold) decision).ending().reason()).isEqualTo(Reason.SUPERSEDED);
    }
  }

  private MigrationResult result(Status status, Attempt attempt) {
    Outcome ending = new Outcome(status, null, "next", null, null, null, null, null, null);
    return MigrationRun.resume(attempt, entry.number(), java.time.Clock.systemUTC()).end(ending);
  }

  private Hold assertHold(AttemptKey key, PinComparison pins, Reason reason, boolean silent) {
    Hold hold = hold(key, pins);
    assertThat(hold.ending().status()).isEqualTo(Status.WITHHELD);
    assertThat(hold.ending().reason()).isEqualTo(reason);
    assertThat(hold.silent()).isEqualTo(silent);
    return hold;
  }

  private Hold hold(AttemptKey key, PinComparison pins) {
    Decision decision = decide(key, pins);
    assertThat(decision).isInstanceOf(Hold.class);
    return (Hold) decision;
  }

  private Decision decide(AttemptKey key, PinComparison pins) {
    return rules.decide(entry, key, null, pins, NOW);
  }

  private static AttemptKey key(String secretVersion, String retry) {
    return new AttemptKey("b", "b?versionId=1", "s", secretVersion, null, retry);
  }

  private void claim(AttemptKey key, Duration ago) {
    entry = entry.with(Attempt.claim("m" + ids++, key, null, "direct", null, NOW.minus(ago)));
  }

  private void end(AttemptKey key, Status status, Integer code, Duration ago) {
    end(key, status, code, null, NOW.minus(ago));
  }

  private void endUntil(AttemptKey key, int code, Instant until) {
    end(key, Status.REJECTED, code, until, NOW.minusSeconds(1));
  }

  private void end(AttemptKey key, Status status, Integer code, Instant retryAfter, Instant at) {
    String id = "m" + ids++;
    ErrorDetails problem = new ErrorDetails(code, null, null, "refused", null, null, 400);
    Outcome ending = new Outcome(status, problem, "next", null, null, retryAfter, null, null, null);
    entry = entry.with(Attempt.claim(id, key, null, "direct", null, at));
    MigrationResult result =
        MigrationRun.resume(
                entry.attempt(id).orElseThrow(), entry.number(), java.time.Clock.systemUTC())
            .end(ending);
    entry = entry.change(id, attempt -> attempt.ended(result, at));
  }
}
