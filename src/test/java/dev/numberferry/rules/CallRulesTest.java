package dev.numberferry.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.ErrorDetailsBuilder;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.MigrationRequestBuilder;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.OutcomeBuilder;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Retry;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.StoreException;
import dev.numberferry.domain.Trigger;
import dev.numberferry.domain.Upload;
import dev.numberferry.domain.VersionMatch;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.AttemptBuilder;
import dev.numberferry.ledger.AttemptKey;
import dev.numberferry.ledger.AttemptKeyBuilder;
import dev.numberferry.ledger.Claim.Answer;
import dev.numberferry.ledger.Claim.Replay;
import dev.numberferry.ledger.Claim.Withheld;
import dev.numberferry.ledger.EntryFixture;
import dev.numberferry.ledger.RefusedPin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallRulesTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Delivery DIRECT = Delivery.of(Trigger.DIRECT);
  private static final Function<RefusedPin, VersionMatch> OTHER_PIN = refused -> VersionMatch.OTHER;
  private static final Optional<Function<AttemptKey, VersionMatch>> OWN_SECRET = Optional.empty();
  private static final Function<RefusedPin, VersionMatch> SAME_PIN = refused -> VersionMatch.SAME;
  private static final Function<RefusedPin, VersionMatch> PIN_GONE = refused -> VersionMatch.GONE;
  private static final Function<RefusedPin, VersionMatch> PIN_UNREADABLE =
      refused -> VersionMatch.UNREADABLE;
  private static final Supplier<Optional<String>> CURRENT = Optional::empty;

  private final CallRules rules = new CallRules(5, Duration.ofSeconds(90));
  private final EntryFixture ledger = new EntryFixture();

  @Test
  void aNumberNeverHeardOfMayBeCalled() {
    assertThat(decide(key("v1", null), OTHER_PIN)).isEmpty();
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

    assertThat(decide(key("v1", null), OTHER_PIN)).containsInstanceOf(Replay.class);
  }

  @Test
  void anAttemptIsTheSameWhereTheSecretHasTheSameEntryForTheNumber() {
    end(key("v1", null), Status.REJECTED, 133006, Duration.ofHours(3));
    end(key("v2", null), Status.REJECTED, 133006, Duration.ofHours(2));
    end(key("v3", null).withSecretId("t"), Status.REJECTED, 133006, Duration.ofHours(1));
    List<String> asked = new ArrayList<>();

    Replay replay = (Replay) decide(key("v9", null), "v2", asked).orElseThrow();
    assertThat(replay.attempt().key().secretVersion()).isEqualTo("v2");
    assertThat(replay.doubt()).isEmpty();
    assertThat(asked).containsOnly("v2");
    assertThat(decide(key("v9", null), "v1", asked)).containsInstanceOf(Replay.class);
    assertThat(decide(key("v9", null), "v3", asked)).isEmpty();
    assertThat(asked).doesNotContain("v3");
    assertThat(decide(key("v9", null).withBackupRead("other"), "v2", asked)).isEmpty();
    assertThat(decide(key("v9", "I know better"), "v2", asked)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "SAME, has refused this PIN, false",
    "GONE, no longer has it, true",
    "UNREADABLE, secret s cannot be read, true"
  })
  void aRefusedPinInAnotherVersionIsHeldBackAndNotReplayed(
      VersionMatch match, String words, boolean liftable) {
    end(key("v1", null), Status.REJECTED, 133006, Duration.ofHours(3));
    end(key("v2", null), Status.REJECTED, 133005, Duration.ofHours(2));
    AttemptKey corrected = key("v3", null);
    CallFacts facts =
        new CallFacts(corrected, refused -> match, Optional.of(earlier -> match), CURRENT);

    Outcome held = withheld(decide(request(corrected, DIRECT), facts, NOW)).outcome();
    assertThat(held.reason()).isEqualTo(Reason.PIN_REFUSED);
    assertThat(held.error().message()).contains(words);
    assertThat(held.liftable()).isEqualTo(liftable);
    assertThat(decideByEntry(key("v2", null), earlier -> match)).containsInstanceOf(Replay.class);
  }

  /** Its harm counts for the brake as soon as it is completed, which a replay does. */
  @ParameterizedTest
  @EnumSource(
      value = VersionMatch.class,
      names = {"SAME", "GONE", "UNREADABLE"})
  void aRefusedPinThatWasNotPublishedIsCompletedAtOnce(VersionMatch match) {
    end(key("v1", null), Status.REJECTED, 133005, Duration.ofHours(2));
    ledger.unpublished();

    assertThat(decideByEntry(key("v2", null), earlier -> match)).containsInstanceOf(Replay.class);
  }

  /** As with a secret of the number's own: nothing has to be read to tell that it has moved. */
  @Test
  void whereTheNumberHasMovedNoEarlierVersionIsRead() {
    end(key("v1", null), Status.REJECTED, 133006, Duration.ofHours(2));
    end(key("v2", null), Status.MIGRATED, null, Duration.ofHours(1));
    List<String> asked = new ArrayList<>();

    for (String same : List.of("v1", "v2", "none")) {
      Replay replay = (Replay) decide(key("v3", null), same, asked).orElseThrow();
      assertThat(replay.attempt().key().secretVersion()).isEqualTo("v2");
      assertThat(replay.doubt()).isEmpty();
    }
    assertThat(asked).isEmpty();
    assertThat(decide(key("v1", null), "none", asked)).containsInstanceOf(Replay.class);
    assertThat(withheld(decide(key("v3", null), OTHER_PIN)).outcome().status())
        .isEqualTo(Status.ALREADY_MIGRATED);
  }

  @Test
  void whereTheNumberHasMovedNoOlderAttemptIsTheAnswer() {
    end(key("v1", null), Status.REJECTED, 133006, Duration.ofHours(2));
    end(key("v2", null).withBackupRead("other"), Status.MIGRATED, null, Duration.ofHours(1));

    assertThat(withheld(decide(key("v3", null), "v1", new ArrayList<>())).outcome().status())
        .isEqualTo(Status.ALREADY_MIGRATED);
  }

  @Test
  void afterAnUnknownEffectNoOlderCallIsTheAnswer() {
    end(key("v1", null), Status.REJECTED, 133006, Duration.ofHours(2));
    end(key("v2", null), Status.UNKNOWN, null, Duration.ofHours(1));
    List<String> asked = new ArrayList<>();

    assertThat(withheld(decide(key("v3", null), "v1", asked)).outcome().reason())
        .isEqualTo(Reason.AFTER_UNKNOWN);
    assertThat(asked).containsOnly("v2");
    assertThat(decide(key("v3", null), "v2", asked)).containsInstanceOf(Replay.class);
  }

  @Test
  void whatSentNothingIsNoNewerCall() {
    end(key("v1", null), Status.UNKNOWN, null, Duration.ofHours(2));
    end(key("v2", "I looked"), Status.NOT_SENT, null, Duration.ofHours(1));

    assertThat(decide(key("v3", null), "v1", new ArrayList<>())).containsInstanceOf(Replay.class);
  }

  @Test
  void theSameEntryInProgressIsTheSameRun() {
    claim(key("v1", null), Duration.ofSeconds(1));

    Withheld withheld = withheld(decide(key("v2", null), "v1", new ArrayList<>()));
    assertThat(withheld.outcome().reason()).isEqualTo(Reason.IN_PROGRESS);
    assertThat(withheld.sameRun()).isTrue();
    assertThat(withheld(decide(key("v2", null), "none", new ArrayList<>())).sameRun()).isFalse();
  }

  @Test
  void theSameEntryInProgressIsTheSameRunWhateverCameBefore() {
    end(key("v1", null), Status.MIGRATED, null, Duration.ofHours(2));
    claim(key("v2", null), Duration.ofSeconds(1));

    assertThat(withheld(decide(key("v3", null), "v2", new ArrayList<>())).sameRun()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "GONE, no longer has the version of secret s ",
    "UNREADABLE, may not read the version of secret s ",
    "UNREADABLE, let them read secret s again"
  })
  void anEntryThatNobodyCanCompareIsTakenForTheSameAndSaysSo(VersionMatch match, String words) {
    end(key("v1", null), Status.REJECTED, 133006, Duration.ofHours(1));

    Replay replay = (Replay) decideByEntry(key("v2", null), earlier -> match).orElseThrow();
    assertThat(replay.doubt().orElseThrow()).contains(words, "retry");
  }

  @Test
  void anUnknownOutcomeSaysItselfWhatToDo() {
    end(key("v1", null), Status.UNKNOWN, null, Duration.ofHours(1));

    Optional<Answer> answer = decideByEntry(key("v2", null), earlier -> VersionMatch.GONE);
    assertThat(((Replay) answer.orElseThrow()).doubt()).isEmpty();
  }

  private Optional<Answer> decide(AttemptKey key, String same, List<String> asked) {
    return decideByEntry(
        key,
        earlier -> {
          asked.add(earlier.secretVersion());
          return earlier.secretVersion().equals(same) ? VersionMatch.SAME : VersionMatch.OTHER;
        });
  }

  private Optional<Answer> decideByEntry(
      AttemptKey key, Function<AttemptKey, VersionMatch> entries) {
    return decide(
        request(key, DIRECT), new CallFacts(key, OTHER_PIN, Optional.of(entries), CURRENT), NOW);
  }

  @Test
  void anAttemptThatSentNothingIsMadeAgain() {
    end(key("v1", null), Status.NOT_SENT, null, Duration.ofSeconds(1));

    assertThat(decide(key("v1", null), OTHER_PIN)).isEmpty();
  }

  @Test
  void theVersionThatAGeneratedPinIsStoredUnderIsTheSameAttempt() {
    AttemptKey generated = key("v1", null).withPinVersion("v2");
    end(generated, Status.UNKNOWN, null, Duration.ofMinutes(5));

    assertThat(decide(key("v2", null), OTHER_PIN)).containsInstanceOf(Replay.class);
  }

  @Test
  void aMigratedNumberIsNotCalledAgain() {
    AttemptKey outdated = key("v2", "I knew nothing of it");
    end(key("v1", null), Status.MIGRATED, null, Duration.ofDays(300));

    for (AttemptKey key : List.of(key("v2", null), outdated)) {
      Withheld withheld = withheld(decide(key, OTHER_PIN));
      assertThat(withheld.outcome().status()).isEqualTo(Status.ALREADY_MIGRATED);
    }
  }

  @Test
  void whoKnowsOfTheMigrationAndSaysThatTheNumberNeverMovedIsLetThrough() {
    end(key("v1", null), Status.MIGRATED, null, Duration.ofDays(300));

    assertThat(decide(key("v1", "it is still on On-Premises"), OTHER_PIN)).isEmpty();
  }

  @Test
  void aRetryThatKnowsLessThanTheLedgerLiftsNothing() {
    end(key("v1", null), Status.UNKNOWN, null, Duration.ofHours(2));
    AttemptKey retry = key("v1", "I looked");
    end(key("v2", "another one looked"), Status.UNKNOWN, null, Duration.ofHours(1));

    Outcome held = assertHold(retry, OTHER_PIN, Reason.OUTDATED_RETRY, false);
    assertThat(held.error().message())
        .isEqualTo("retry.after is m0/UNKNOWN, and since then came m1/UNKNOWN");
    assertThat(held.liftable()).isTrue();
  }

  @Test
  void whatSentNothingIsNoNewsToARetry() {
    end(key("v1", null), Status.UNKNOWN, null, Duration.ofHours(3));
    AttemptKey retry = key("v1", "I looked");
    end(key("v2", null), Status.NOT_SENT, null, Duration.ofHours(2));
    end(key("v3", "another one looked"), Status.UNKNOWN, null, Duration.ofHours(1));

    assertThat(assertHold(retry, OTHER_PIN, Reason.OUTDATED_RETRY, false).error().message())
        .isEqualTo("retry.after is m0/UNKNOWN, and since then came m2/UNKNOWN");
  }

  @ParameterizedTest
  @CsvSource({
    "none, 'since then came m0/REJECTED'",
    "m0/UNKNOWN, 'that is no attempt of this number as it stands; its newest are m0/REJECTED'"
  })
  void aRetryThatNamesNoAttemptIsToldTheNewest(String after, String since) {
    end(key("v1", null), Status.REJECTED, 133006, Duration.ofHours(1));
    AttemptKey retry = key("v2", null).withRetry(new Retry(after, "I looked"));

    assertThat(assertHold(retry, OTHER_PIN, Reason.OUTDATED_RETRY, false).error().message())
        .isEqualTo("retry.after is %s, and %s".formatted(after, since));
  }

  @Test
  void aRetryOfANumberWithoutAttemptsIsToldThatItHasNone() {
    AttemptKey retry = key("v1", null).withRetry(new Retry("m7/UNKNOWN", "I looked"));

    assertThat(assertHold(retry, OTHER_PIN, Reason.OUTDATED_RETRY, false).error().message())
        .isEqualTo("retry.after is m7/UNKNOWN, and the number has no attempt");
  }

  @Test
  void anAttemptThatBecameKnownMakesARetryOutdated() {
    Attempt unknown =
        ledger.end(
            key("v1", null), NOW.minus(Duration.ofHours(2)), EntryFixture.ended(Status.UNKNOWN));
    AttemptKey retry = key("v1", "I looked");
    ledger.end(unknown, NOW, EntryFixture.refusedWith(133006));

    assertHold(retry, OTHER_PIN, Reason.OUTDATED_RETRY, false);
  }

  @Test
  void aRetryOfANumberWithoutAttemptsIsAFirstAttempt() {
    assertThat(decide(key("v1", "the first"), OTHER_PIN)).isEmpty();
  }

  @Test
  void aRetryIsOneAttemptWhateverVersionsAreReadLater() {
    AttemptKey retry = key("v1", "I looked");
    end(retry, Status.UNKNOWN, null, Duration.ofHours(1));

    AttemptKey later = retry.withSecretVersion("v2").withBackupRead("another version");
    assertThat(decide(later, OTHER_PIN)).containsInstanceOf(Replay.class);
  }

  @Test
  void anAttemptThatFailedBeforeTheCallCountsForNothing() {
    end(key("v1", null), Status.INVALID, null, Duration.ofHours(1));

    assertThat(decide(key("v1", null), OTHER_PIN)).isEmpty();
  }

  @Test
  void whereBackupOrSecretAreGoneTheEventsOwnWordsDecide() {
    end(key("v1", null), Status.MIGRATED, null, Duration.ofDays(300));

    assertThat(settled("b")).containsInstanceOf(Replay.class);
    assertThat(settled("other")).containsInstanceOf(Withheld.class);
  }

  @Test
  void anOldRefusalDoesNotHideThatBackupOrSecretCannotBeUsed() {
    end(key("v1", null), Status.REJECTED, 133005, Duration.ofDays(1));

    assertThat(settled("b")).isEmpty();
  }

  @Test
  void anotherRunDoesNotHideItEither() {
    claim(key("v1", null), Duration.ofSeconds(1));

    assertThat(settled("b")).containsInstanceOf(Withheld.class);
    assertThat(settled("other")).isEmpty();
  }

  @Test
  void aNumberThatHasNotMovedStillNeedsBackupAndSecret() {
    end(key("v1", null), Status.REJECTED, 133006, Duration.ofDays(300));

    assertThat(settled("other")).isEmpty();
  }

  @Test
  void aPinThatWasWrongIsNeverSentAgainNotEvenWithARetry() {
    end(key("v1", null), Status.REJECTED, 133005, Duration.ofDays(300));

    Outcome held = assertHold(key("v2", null), SAME_PIN, Reason.PIN_REFUSED, false);
    assertThat(held.nextStep()).endsWith("a retry does not lift this.");
    assertHold(key("v2", "I know better"), SAME_PIN, Reason.PIN_REFUSED, false);
  }

  @Test
  void aPinThatWasWrongStaysWrongAfterAnotherOneWasTried() {
    end(key("v1", null), Status.REJECTED, 133005, Duration.ofDays(9));
    end(key("v2", null), Status.REJECTED, 133006, Duration.ofDays(8));

    Function<RefusedPin, VersionMatch> likeTheFirst =
        refused -> refused.secretVersion().equals("v1") ? VersionMatch.SAME : VersionMatch.OTHER;
    assertHold(key("v3", "I know better"), likeTheFirst, Reason.PIN_REFUSED, false);
  }

  @Test
  void anotherPinMayBeTriedAfterAWrongOne() {
    end(key("v1", null), Status.REJECTED, 133005, Duration.ofDays(1));

    assertThat(decide(key("v2", null), OTHER_PIN)).isEmpty();
  }

  @Test
  void aWrongPinThatNobodyCanCompareIsHeldBackUntilARetry() {
    end(key("v1", null), Status.REJECTED, 133005, Duration.ofDays(1));

    for (Function<RefusedPin, VersionMatch> pins : List.of(PIN_GONE, PIN_UNREADABLE)) {
      Outcome held = assertHold(key("v2", null), pins, Reason.PIN_REFUSED, false);
      assertThat(held.liftable()).isTrue();
      assertThat(decide(key("v2", "I know better"), pins)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {133008, 133009, 131031})
  void aPinUnderSuspicionIsHeldBackUntilAnotherOneOrARetry(int code) {
    end(key("v1", null), Status.REJECTED, code, Duration.ofDays(1));

    Outcome held = assertHold(key("v2", null), SAME_PIN, Reason.PIN_REFUSED, false);
    assertThat(held.nextStep()).endsWith("with a retry if you are sure of this one.");
    assertHold(key("v2", null), PIN_GONE, Reason.PIN_REFUSED, false);
    assertHold(key("v2", null), PIN_UNREADABLE, Reason.PIN_REFUSED, false);
    assertThat(decide(key("v2", null), OTHER_PIN)).isEmpty();
    assertThat(decide(key("v2", "I know better"), SAME_PIN)).isEmpty();
  }

  @Test
  void afterAnUnknownEffectOnlyARetryGoesOn() {
    end(key("v1", null), Status.UNKNOWN, null, Duration.ofDays(300));

    assertHold(key("v2", null), OTHER_PIN, Reason.AFTER_UNKNOWN, false);
    assertThat(decide(key("v2", "I looked"), OTHER_PIN)).isEmpty();
  }

  @Test
  void aKnownOutcomeAfterARetryLiftsTheUnknownOne() {
    end(key("v1", null), Status.UNKNOWN, null, Duration.ofDays(300));
    end(key("v1", "I looked"), Status.REJECTED, 133006, Duration.ofDays(299));

    assertThat(decide(key("v2", null), OTHER_PIN)).isEmpty();
  }

  @Test
  void aRetryThatSentNothingDoesNotLiftTheUnknownOne() {
    end(key("v1", null), Status.UNKNOWN, null, Duration.ofDays(300));
    end(key("v1", "I looked"), Status.NOT_SENT, null, Duration.ofDays(299));

    assertHold(key("v2", null), OTHER_PIN, Reason.AFTER_UNKNOWN, false);
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      names = {"UNKNOWN", "MIGRATED"})
  void aRetryWaitsForAsLongAsWhatsAppMayBeAtWorkOnTheLastCall(Status status) {
    end(key("v1", null), status, null, Duration.ofSeconds(89));
    AttemptKey retry = key("v1", "I looked");
    Instant until = NOW.plusSeconds(1);

    Outcome held = assertHold(retry, OTHER_PIN, Reason.IN_PROGRESS, false);
    assertThat(held.until()).isEqualTo(until);
    assertThat(held.liftable()).isFalse();
    assertThat(WaitRule.comesAgain(held)).isTrue();
    assertThat(decide(retry, OTHER_PIN, until, DIRECT)).isEmpty();
  }

  @Test
  void anAttemptThatSentNothingDoesNotEndTheWaitForTheCallBeforeIt() {
    end(key("v1", null), Status.UNKNOWN, null, Duration.ofSeconds(89));
    AttemptKey retry = key("v1", "I looked");
    end(retry, Status.NOT_SENT, null, Duration.ofSeconds(1));

    assertHold(retry, OTHER_PIN, Reason.IN_PROGRESS, false);
  }

  @Test
  void aCallThatWasRefusedIsOver() {
    end(key("v1", null), Status.REJECTED, 133006, Duration.ZERO);

    assertThat(decide(key("v1", "verified"), OTHER_PIN)).isEmpty();
  }

  @Test
  void aRetryThatKnowsLessIsOutdatedWhateverIsAtWork() {
    AttemptKey outdated = key("v1", "I knew of nothing");
    end(key("v1", null), Status.UNKNOWN, null, Duration.ofSeconds(1));

    assertHold(outdated, OTHER_PIN, Reason.OUTDATED_RETRY, false);
  }

  @Test
  void afterAnUnknownEffectItSaysFromWhenOnARetryGoesOut() {
    end(key("v1", null), Status.UNKNOWN, null, Duration.ofSeconds(89));

    Outcome held = assertHold(key("v2", null), OTHER_PIN, Reason.AFTER_UNKNOWN, false);
    assertThat(held.retryAfter()).isEqualTo(NOW.plusSeconds(1));
    assertThat(held.nextStep()).contains("from retryAfter on");
    assertThat(withheld(decide(key("v2", null), OTHER_PIN, NOW.plusSeconds(1), DIRECT)).outcome())
        .satisfies(later -> assertThat(later.retryAfter()).isNull())
        .satisfies(later -> assertThat(later.nextStep()).doesNotContain("retryAfter"));
  }

  @Test
  void whatAnUnknownCallAsksForIsNoWaitOfWhatsApps() {
    ledger.end(
        key("v1", null),
        NOW.minusSeconds(90),
        it -> it.status(Status.UNKNOWN).retryAfter(NOW.plusSeconds(1)));
    end(key("v1", "I looked"), Status.REJECTED, 133006, Duration.ZERO);

    assertThat(decide(key("v2", null), OTHER_PIN)).isEmpty();
  }

  @Test
  void aWaitThatWhatsAppWantsIsKeptToTheSecond() {
    Instant until = NOW.plusSeconds(1);
    ledger.end(
        key("v1", null),
        NOW.minusSeconds(1),
        it -> EntryFixture.refusedWith(133016).apply(it).retryAfter(until));

    Outcome blocked = assertHold(key("v2", null), OTHER_PIN, Reason.BLOCKED, false);
    assertThat(blocked.until()).isEqualTo(until);
    assertThat(decide(key("v2", null), OTHER_PIN, until, DIRECT)).isEmpty();
  }

  @Test
  void noRetryLiftsThatTheCallsAreUsedUp() {
    Instant until = NOW.plusSeconds(1);
    ledger.end(
        key("v1", null),
        NOW.minusSeconds(1),
        it -> EntryFixture.refusedWith(133016).apply(it).retryAfter(until));
    AttemptKey retry = key("v2", "I know better");

    Outcome blocked = assertHold(retry, OTHER_PIN, Reason.BLOCKED, false);
    assertThat(blocked.until()).isEqualTo(until);
    assertThat(blocked.liftable()).isFalse();
    assertThat(blocked.nextStep()).contains("no retry lifts this");
    assertThat(assertHold(key("v2", null), SAME_PIN, Reason.BLOCKED, false)).isEqualTo(blocked);
    assertThat(decide(retry, OTHER_PIN, until, DIRECT)).isEmpty();
  }

  /** Entries of earlier versions hold the words, and no time. */
  @ParameterizedTest
  @CsvSource({
    "133008, Try again in 12 hours, PT12H",
    "133009, Please retry after 30 minutes, PT30M",
    "133016, whatever it says, PT72H"
  })
  void noRetryAndNoOtherPinLiftAWaitThatMetaTold(int code, String details, Duration wait) {
    Instant at = NOW.minusSeconds(1);
    ledger.end(key("v1", null), at, it -> refused(it, code, details));
    AttemptKey retry = key("v2", "I know better");

    for (AttemptKey key : List.of(key("v2", null), retry)) {
      for (Function<RefusedPin, VersionMatch> pins :
          List.of(OTHER_PIN, SAME_PIN, PIN_GONE, PIN_UNREADABLE)) {
        Outcome blocked = assertHold(key, pins, Reason.BLOCKED, false);
        assertThat(blocked.until()).isEqualTo(at.plus(wait));
        assertThat(blocked.liftable()).isFalse();
      }
    }
    assertThat(decide(retry, OTHER_PIN, at.plus(wait), DIRECT)).isEmpty();
  }

  /** Its PIN, if it is a wrong one, is held back after the wait. */
  @ParameterizedTest
  @CsvSource({"133008, true", "133009, true", "133016, false"})
  void aWaitSaysWhetherARetryIsNeededBehindIt(int code, boolean needed) {
    ledger.end(key("v1", null), NOW, it -> refused(it, code, "Try again in 12 hours"));

    String nextStep = assertHold(key("v2", null), OTHER_PIN, Reason.BLOCKED, false).nextStep();
    assertThat(nextStep.contains("with a retry if its PIN is the one that was refused"))
        .isEqualTo(needed);
  }

  @Test
  void onlyARefusalTellsOfAWait() {
    ledger.end(
        key("v1", null),
        NOW,
        it -> EntryFixture.refusedWith(133016).apply(it).status(Status.UNKNOWN));

    assertHold(key("v2", null), OTHER_PIN, Reason.AFTER_UNKNOWN, false);
  }

  @Test
  void aWaitThatNobodyToldIsLiftedByARetryAndNotByAnotherPin() {
    Instant until = NOW.plus(Duration.ofHours(1));
    ledger.end(
        key("v1", null), NOW, it -> refused(it, 133009, "Try again later").retryAfter(until));

    Outcome blocked = assertHold(key("v2", null), OTHER_PIN, Reason.BLOCKED, false);
    assertThat(blocked.until()).isEqualTo(until);
    assertThat(blocked.liftable()).isTrue();
    assertThat(decide(key("v2", "I know better"), SAME_PIN)).isEmpty();
    assertThat(decide(key("v2", null), OTHER_PIN, until, DIRECT)).isEmpty();
  }

  private static OutcomeBuilder refused(OutcomeBuilder outcome, int code, String details) {
    return outcome
        .status(Status.REJECTED)
        .error(
            ErrorDetailsBuilder.builder().code(code).message("refused").details(details).build());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "4, -, true",
        "5, -, false",
        "5, I know better, true",
        "9, -, false",
        "9, retry, true",
        "10, -, false",
        "10, retry, false"
      })
  void soManyCallsIn72HoursAreEnough(int calls, String retry, boolean go) {
    for (int i = 0; i < calls; i++) {
      end(key("v" + i, null), Status.REJECTED, 133006, Duration.ofHours(71));
    }

    Optional<Answer> answer = decide(key("new", retry), OTHER_PIN);

    if (go) {
      assertThat(answer).isEmpty();
    } else {
      Outcome held = withheld(answer).outcome();
      assertThat(held.reason()).isEqualTo(Reason.CALL_BUDGET);
      assertThat(held.liftable()).isEqualTo(calls < 10);
      assertThat(held.nextStep())
          .contains(calls < 10 ? "send the event with a retry" : "not even a retry");
    }
  }

  @Test
  void theBudgetSaysFromWhenOnThereIsRoomAgain() {
    for (int i = 0; i < 6; i++) {
      end(key("v" + i, null), Status.REJECTED, 133006, Duration.ofHours(70 - i));
    }

    Outcome held = assertHold(key("new", null), OTHER_PIN, Reason.CALL_BUDGET, false);

    // Six calls, five allowed: the two oldest have to be 72 hours old.
    assertThat(held.until()).isEqualTo(NOW.minus(Duration.ofHours(69)).plus(Duration.ofHours(72)));
  }

  @Test
  void callsOfLongAgoAndRunsThatSentNothingDoNotCount() {
    for (int i = 0; i < 5; i++) {
      end(key("old" + i, null), Status.REJECTED, 133006, Duration.ofDays(3));
      end(key("unsent" + i, null), Status.NOT_SENT, null, Duration.ofHours(1));
    }

    assertThat(decide(key("new", null), OTHER_PIN)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-1, false", "0, true", "1, true"})
  void theOlderOfTwoUploadsDoesNotRunAfterTheNewer(int secondsLater, boolean go) {
    Attempt newer = ledger.claim(key("v1", null), NOW, it -> uploaded(it, NOW));
    ledger.end(newer, NOW, EntryFixture.ended(Status.REJECTED));
    Upload upload = new Upload(EntryFixture.object("b", "2"), NOW.plusSeconds(secondsLater), null);

    Optional<Answer> answer = decide(upload, CURRENT);

    if (go) {
      assertThat(answer).isEmpty();
    } else {
      assertThat(withheld(answer).outcome().reason()).isEqualTo(Reason.SUPERSEDED);
    }
  }

  @ParameterizedTest
  @CsvSource({"PT5M, false", "PT5M1S, true"})
  void aTimeMoreThanFiveMinutesAheadSupersedesNothing(Duration ahead, boolean go) {
    Attempt forged = ledger.claim(key("v1", null), NOW, it -> uploaded(it, NOW.plus(ahead)));
    ledger.end(forged, NOW, EntryFixture.ended(Status.REJECTED));

    assertThat(decide(new Upload(EntryFixture.object("b", "2"), NOW, null), CURRENT).isEmpty())
        .isEqualTo(go);
  }

  @Test
  void anUploadThatComesAgainIsNotOlderThanItself() {
    Attempt same = ledger.claim(key("v1", null), NOW, it -> uploaded(it, NOW));
    ledger.end(same, NOW, EntryFixture.ended(Status.REJECTED));

    assertThat(decide(new Upload(EntryFixture.object("b", "1"), NOW, null), CURRENT)).isEmpty();
  }

  private static AttemptBuilder uploaded(AttemptBuilder attempt, Instant at) {
    return attempt.trigger(Trigger.UPLOAD).backup(EntryFixture.object("b", "1")).eventTime(at);
  }

  @Test
  void anUploadThatIsNotTheCurrentVersionIsSupersededByWhatIs() {
    Upload upload = new Upload(EntryFixture.object("b", "1"), NOW, null);

    Outcome held = withheld(decide(upload, () -> Optional.of("version 2 is"))).outcome();

    assertThat(held.reason()).isEqualTo(Reason.SUPERSEDED);
    assertThat(held.liftable()).isFalse();
    assertThat(held.error().message())
        .isEqualTo(
            "s3://number-ferry-backups/b?versionId=1 is not the current version any more: version 2"
                + " is");
  }

  @Test
  void whatIsSettledIsAnsweredWithoutKnowingTheCurrentVersion() {
    Upload upload = new Upload(EntryFixture.object("b", "1"), NOW, null);
    Supplier<Optional<String>> nobodyKnows =
        () -> {
          throw new StoreException("denied", "Grant it.");
        };
    assertThatThrownBy(() -> decide(upload, nobodyKnows)).isInstanceOf(StoreException.class);

    ledger.braked(it -> it.engagedBy("Ada", "the list looks wrong", NOW, "b1"));
    assertThat(withheld(decide(upload, nobodyKnows)).outcome().reason()).isEqualTo(Reason.BRAKE);
    end(key("v1", null), Status.MIGRATED, null, Duration.ofHours(2));
    assertThat(withheld(decide(upload, nobodyKnows)).outcome().status())
        .isEqualTo(Status.ALREADY_MIGRATED);
    end(key("v2", null), Status.REJECTED, 133006, Duration.ofHours(1));
    assertThat(decide(upload, nobodyKnows)).containsInstanceOf(Replay.class);
  }

  private Optional<Answer> decide(Upload upload, Supplier<Optional<String>> successor) {
    AttemptKey key = key("v2", null);
    return decide(
        request(key, DIRECT.withUpload(Optional.of(upload))),
        new CallFacts(key, OTHER_PIN, OWN_SECRET, successor),
        NOW);
  }

  @Test
  void theBrakeHoldsBackWhatNeedsACallAndNoRetryLiftsIt() {
    ledger.braked(it -> it.engagedBy("Ada", "the list looks wrong", NOW, "b1"));

    Outcome held = assertHold(key("v1", null), OTHER_PIN, Reason.BRAKE, false);
    assertThat(held.error().message()).contains("Ada", "the list looks wrong");
    assertThat(held.nextStep()).contains("release the brake (brakeId b1)");
    assertThat(held.liftable()).isFalse();
    assertHold(key("v1", "I know better"), OTHER_PIN, Reason.BRAKE, false);
    assertThat(settled("b")).containsInstanceOf(Withheld.class);
  }

  @Test
  void withoutTheBrakeTheOtherRulesAnswer() {
    AttemptKey key = key("v1", null);
    ledger.braked(it -> it.engagedBy("Ada", "the list looks wrong", NOW, "b1"));
    assertThat(unbraked(key)).isEmpty();

    end(key, Status.REJECTED, 133005, Duration.ofHours(1));
    assertThat(unbraked(key)).containsInstanceOf(Replay.class);
    assertThat(withheld(unbraked(key("v2", null))).outcome().reason())
        .isEqualTo(Reason.PIN_REFUSED);
  }

  private Optional<Answer> unbraked(AttemptKey key) {
    return rules.answerUnbraked(
        ledger.at(NOW), request(key, DIRECT), new CallFacts(key, SAME_PIN, OWN_SECRET, CURRENT));
  }

  /** A second more than a call may last, so that the retry that it names is let through. */
  @Test
  void onlyAnUnknownEffectSaysFromWhenOnARetryIsLetThrough() {
    Outcome unknown = OutcomeBuilder.builder().status(Status.UNKNOWN).build();
    Outcome refused = OutcomeBuilder.builder().status(Status.REJECTED).build();

    assertThat(rules.withRetryAfter(unknown, NOW).retryAfter()).isEqualTo(NOW.plusSeconds(91));
    assertThat(rules.withRetryAfter(refused, NOW)).isEqualTo(refused);
  }

  @Test
  void whatNeedsNoCallIsAnsweredWhileBraked() {
    end(key("v1", null), Status.REJECTED, 133006, Duration.ofDays(1));
    ledger.braked(it -> it.engagedBy("Ada", "the list looks wrong", NOW, "b1"));

    assertThat(decide(key("v1", null), OTHER_PIN)).containsInstanceOf(Replay.class);
    end(key("v2", null), Status.MIGRATED, null, Duration.ofHours(1));
    assertThat(withheld(decide(key("v3", null), OTHER_PIN)).outcome().status())
        .isEqualTo(Status.ALREADY_MIGRATED);
    claim(key("v4", null), Duration.ofSeconds(1));
    assertHold(key("v4", null), OTHER_PIN, Reason.IN_PROGRESS, true);
  }

  @Test
  void aReleasedBrakeHoldsBackNothing() {
    ledger.braked(it -> it.engagedBy("Ada", "the list looks wrong", NOW, "b1"));
    ledger.braked(it -> it.releasedBy("Ada", "it is right", NOW, Optional.of("b1")));

    assertThat(decide(key("v1", null), OTHER_PIN)).isEmpty();
  }

  private Outcome assertHold(
      AttemptKey key, Function<RefusedPin, VersionMatch> pins, Reason reason, boolean sameRun) {
    Withheld withheld = withheld(decide(key, pins));
    assertThat(withheld.outcome().status()).isEqualTo(Status.WITHHELD);
    assertThat(withheld.outcome().reason()).isEqualTo(reason);
    assertThat(withheld.sameRun()).isEqualTo(sameRun);
    return withheld.outcome();
  }

  private static Withheld withheld(Optional<Answer> answer) {
    assertThat(answer).containsInstanceOf(Withheld.class);
    return (Withheld) answer.get();
  }

  private Optional<Answer> decide(AttemptKey key, Function<RefusedPin, VersionMatch> pins) {
    return decide(key, pins, NOW, DIRECT);
  }

  private Optional<Answer> decide(
      AttemptKey key, Function<RefusedPin, VersionMatch> pins, Instant now, Delivery delivery) {
    return decide(request(key, delivery), new CallFacts(key, pins, OWN_SECRET, CURRENT), now);
  }

  private Optional<Answer> decide(MigrationRequest request, CallFacts facts, Instant now) {
    return rules.answer(ledger.at(now), request, facts);
  }

  private Optional<Answer> settled(String key) {
    AttemptKey given = key("v1", null).withBackupGiven("s3://number-ferry-backups/" + key);
    return rules.settled(ledger.at(NOW), request(given, DIRECT), Optional.empty());
  }

  private static MigrationRequest request(AttemptKey key, Delivery delivery) {
    return MigrationRequestBuilder.builder()
        .phoneNumberId(new PhoneNumberId("106540352242922"))
        .backup(EntryFixture.object(key.backupGiven().replaceAll(".*/", ""), null))
        .retry(Optional.ofNullable(key.retry()))
        .delivery(delivery)
        .build();
  }

  private AttemptKey key(String secretVersion, String retry) {
    return AttemptKeyBuilder.builder()
        .backupGiven("s3://number-ferry-backups/b")
        .backupRead("s3://number-ferry-backups/b?versionId=1")
        .secretId("s")
        .secretVersion(secretVersion)
        .retry(retry == null ? null : new Retry(ledger.entry().nextRetry().after(), retry))
        .build();
  }

  private void claim(AttemptKey key, Duration ago) {
    ledger.claim(key, NOW.minus(ago), it -> it);
  }

  private void end(AttemptKey key, Status status, Integer code, Duration ago) {
    ledger.end(
        key,
        NOW.minus(ago),
        code == null ? EntryFixture.ended(status) : EntryFixture.refusedWith(code));
  }
}
