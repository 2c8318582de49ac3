package dev.numberferry.fleet;

import static dev.numberferry.ledger.EntryFixture.ended;
import static dev.numberferry.ledger.EntryFixture.refusedWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.domain.Finding;
import dev.numberferry.domain.Harm;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.MigrationResultBuilder;
import dev.numberferry.domain.NumberDetails;
import dev.numberferry.domain.NumberDetailsBuilder;
import dev.numberferry.domain.NumberState;
import dev.numberferry.domain.NumberStateBuilder;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.OutcomeBuilder;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.Webhooks;
import dev.numberferry.fleet.Standing.Place;
import dev.numberferry.ledger.AttemptKey;
import dev.numberferry.ledger.AttemptKeyBuilder;
import dev.numberferry.ledger.EntryFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StandingTest {

  private static final Instant THEN = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant LATER = THEN.plus(Duration.ofMinutes(5));

  private static final NumberDetails NO_WEBHOOK =
      NumberDetailsBuilder.builder().webhooks(new Webhooks(null, Webhooks.NOWHERE, null)).build();

  private final EntryFixture ledger = new EntryFixture();

  @Test
  void aNumberThatTheLedgerDoesNotHaveWasNotTried() {
    Standing standing = Standing.of(ledger.entry());

    assertThat(standing.place()).isEqualTo(Place.NOT_TRIED);
    assertThat(standing.status()).isEmpty();
    assertThat(standing.at()).isEmpty();
    assertThat(standing.needsPerson()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "REJECTED, REFUSED, true",
    "INVALID, REFUSED, true",
    "NOT_SENT, NOT_SENT, true",
    "UNKNOWN, UNCLEAR, true",
    "MIGRATED, MOVED, false"
  })
  void anAttemptStandsWhereItEnded(Status status, Place place, boolean needsPerson) {
    ledger.end(key(), THEN, ended(status));

    Standing standing = Standing.of(ledger.entry());

    assertThat(standing.place()).isEqualTo(place);
    assertThat(standing.needsPerson()).isEqualTo(needsPerson);
    assertThat(standing.status()).isEqualTo(status.name());
    assertThat(standing.migrationId()).isEqualTo("m0");
    assertThat(standing.hasMoved()).isEqualTo(status == Status.MIGRATED);
  }

  /** Whatever status there will be has its place. */
  @ParameterizedTest
  @EnumSource(Status.class)
  void everyStatusHasAPlace(Status status) {
    assertThat(last(THEN, ended(status)).place()).isNotEqualTo(Place.NOT_TRIED);
  }

  @ParameterizedTest
  @CsvSource({"PIN_REFUSED, true", "STATE, true", "BRAKE, false", "SUPERSEDED, false"})
  void whatIsHeldBackNeedsAPersonWhereNothingElseLiftsIt(Reason reason, boolean needsPerson) {
    Standing standing = last(THEN, it -> it.status(Status.WITHHELD).reason(reason));

    assertThat(standing.place()).isEqualTo(Place.HELD_BACK);
    assertThat(standing.reason()).isEqualTo(reason.name());
    assertThat(standing.needsPerson()).isEqualTo(needsPerson);
  }

  @Test
  void aRunAtWorkStandsBeforeWhatWasAnsweredBefore() {
    ledger.end(key(), THEN, ended(Status.NOT_SENT));
    ledger.claim(key(), LATER, it -> it);

    Standing standing = Standing.of(ledger.entry());

    assertThat(standing.place()).isEqualTo(Place.AT_WORK);
    assertThat(standing.status()).isEqualTo("IN_PROGRESS");
    assertThat(standing.at()).contains(LATER);
    assertThat(standing.migrationId()).isEqualTo("m1");
    assertThat(standing.isReadySince(THEN)).isFalse();
  }

  @Test
  void aRunAtWorkHasNothingOfTheAnswerBeforeItAndIsWaitedFor() {
    ledger.end(key(), THEN, refusedWith(Harm.WRONG_PIN));
    ledger.claim(key(), LATER, it -> it);

    Standing standing =
        last(
            LATER.minusSeconds(1),
            it ->
                refusedWith(133006)
                    .apply(it)
                    .status(Status.WITHHELD)
                    .reason(Reason.PIN_REFUSED)
                    .nextStep("find the PIN"));

    assertThat(standing.status()).isEqualTo("IN_PROGRESS");
    assertThat(standing.place()).isEqualTo(Place.LINE_DOWN);
    assertThat(standing.reason()).isEmpty();
    assertThat(standing.code()).isEmpty();
    assertThat(standing.nextStep()).contains("wait", "make the report again").endsWith(".");
  }

  @Test
  void whatWasNotSentComesAgainByItselfWhereItSaysWhen() {
    Standing standing = last(THEN, it -> it.status(Status.NOT_SENT).retryAfter(LATER));

    assertThat(standing.place()).isEqualTo(Place.NOT_SENT);
    assertThat(standing.needsPerson()).isFalse();
  }

  /** The ledger answers for a number that has moved, and nobody looks at it. */
  @Test
  void aNumberThatIsCutOffStaysSoUntilSomebodyLooks() {
    ledger.end(key(), THEN, it -> it.status(Status.MIGRATED).details(NO_WEBHOOK).nextStep("set"));

    Standing standing = last(LATER, it -> it.status(Status.ALREADY_MIGRATED));

    assertThat(standing.place()).isEqualTo(Place.CUT_OFF);
    assertThat(standing.needsPerson()).isTrue();
    assertThat(standing.nextStep()).isEqualTo("set");
    assertThat(standing.status()).isEqualTo("ALREADY_MIGRATED");
    assertThat(standing.at()).contains(LATER);
    assertThat(standing.hasMoved()).isTrue();
  }

  @Test
  void theNewestLookAtANumberThatHasMovedCounts() {
    ledger.end(key(), THEN, it -> it.status(Status.MIGRATED).details(NO_WEBHOOK));

    assertThat(last(LATER, it -> it.status(Status.ALREADY_MIGRATED).seen(sends("AVAILABLE"))))
        .satisfies(
            it -> {
              assertThat(it.place()).isEqualTo(Place.MOVED);
              assertThat(it.needsPerson()).isFalse();
              assertThat(it.nextStep()).isEqualTo("next");
            });
    // A comparison of its phone number is no look.
    assertThat(last(LATER, it -> it.status(Status.ALREADY_MIGRATED).seen(sends(null))).place())
        .isEqualTo(Place.CUT_OFF);
  }

  @Test
  void ofANumberThatHasNotMovedTheNewestAnswerTellsWhateverAnOlderOneSaw() {
    ledger.end(key(), THEN, it -> it.status(Status.REJECTED).seen(sends("AVAILABLE")));

    Standing standing = last(LATER, it -> it.status(Status.READY).nextStep("send it"));

    assertThat(standing.place()).isEqualTo(Place.READY);
    assertThat(standing.nextStep()).isEqualTo("send it");
  }

  /** Who moved it is another's business. */
  @Test
  void aNumberThatOthersHaveMovedIsCutOffWhereItsMessagesAreHeldBack() {
    Standing standing = last(THEN, it -> it.status(Status.ALREADY_MIGRATED).seen(sends("BLOCKED")));

    assertThat(standing.place()).isEqualTo(Place.CUT_OFF);
    assertThat(standing.needsPerson()).isTrue();
  }

  /** The line is down, whatever a dry run says since. */
  @Test
  void aLineThatIsDownStaysFirstAndNamesTheNextStepOfItsCall() {
    ledger.end(key(), THEN, it -> refusedWith(Harm.WRONG_PIN).apply(it).nextStep("find the PIN"));

    Standing standing = last(LATER, it -> it.status(Status.READY).nextStep("send it"));

    assertThat(standing.place()).isEqualTo(Place.LINE_DOWN);
    assertThat(standing.line()).isEqualTo("LINE_DOWN");
    assertThat(standing.status()).isEqualTo("READY");
    assertThat(standing.nextStep()).isEqualTo("find the PIN");
    assertThat(standing.at()).contains(LATER);
    assertThat(standing.needsPerson()).isTrue();
    assertThat(standing.isReadySince(THEN)).isTrue();
  }

  @Test
  void aLineIsUpAgainOnceTheNumberHasMoved() {
    ledger.end(key(), THEN, refusedWith(Harm.WRONG_PIN));
    ledger.end(key(), LATER, ended(Status.MIGRATED));

    Standing standing = Standing.of(ledger.entry());

    assertThat(standing.place()).isEqualTo(Place.MOVED);
    assertThat(standing.line()).isEmpty();
    assertThat(standing.hasMoved()).isTrue();
  }

  @Test
  void anAttemptIsNewerThanTheDryRunBeforeIt() {
    ledger.end(key(), LATER, refusedWith(133006));

    Standing standing = last(THEN, ended(Status.READY));

    assertThat(standing.place()).isEqualTo(Place.REFUSED);
    assertThat(standing.code()).isEqualTo("133006");
    assertThat(standing.isReadySince(THEN.minusSeconds(1))).isFalse();
  }

  /** Of a dry run the next step alone would only point to what a report has no column for. */
  @Test
  void whatADryRunFoundInTheWayStandsInItsNextStep() {
    Standing standing =
        last(
            THEN,
            it ->
                it.status(Status.NOT_READY)
                    .nextStep("Correct what findings name.")
                    .findings(
                        List.of(
                            Finding.warning("webhooks", "are none", "Set one."),
                            Finding.error("backup", "is not there", "Upload it."),
                            Finding.error("pin", "is missing", "Put it in."))));

    assertThat(standing.nextStep())
        .isEqualTo("Backup is not there: Upload it; pin is missing: Put it in.");
    assertThat(standing.needsPerson()).isTrue();
  }

  @Test
  void anAnswerIsOfAStageWhereItIsNotOlder() {
    Standing standing = last(THEN, ended(Status.READY));

    assertThat(standing.isReadySince(THEN.minusMillis(1))).isTrue();
    assertThat(standing.isReadySince(THEN)).isFalse();
  }

  /** A number as somebody sees it who looks where it is; null for who does not. */
  private static NumberState sends(@Nullable String canSendMessage) {
    return NumberStateBuilder.builder()
        .displayPhoneNumber("+1 555-123-4567")
        .platformType(canSendMessage == null ? null : "CLOUD_API")
        .canSendMessage(canSendMessage)
        .build();
  }

  private Standing last(Instant at, UnaryOperator<OutcomeBuilder> how) {
    Outcome outcome = how.apply(OutcomeBuilder.builder().nextStep("next")).build();
    MigrationResult result =
        MigrationResultBuilder.builder()
            .schemaVersion(MigrationResult.SCHEMA_VERSION)
            .migrationId("last")
            .phoneNumberId(ledger.entry().number())
            .outcome(outcome)
            .startedAt(at)
            .finishedAt(at)
            .build();
    return Standing.of(ledger.entry().withLast(Optional.of(result)));
  }

  private static AttemptKey key() {
    return AttemptKeyBuilder.builder()
        .backupGiven("given")
        .backupRead("read")
        .secretId("secret")
        .secretVersion("v1")
        .build();
  }
}
