package dev.numberferry.fleet;

import static dev.numberferry.ledger.EntryFixture.ended;
import static dev.numberferry.ledger.EntryFixture.refusedWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.domain.Finding;
import dev.numberferry.domain.Harm;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.MigrationResultBuilder;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.OutcomeBuilder;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Status;
import dev.numberferry.fleet.Standing.Place;
import dev.numberferry.ledger.AttemptKey;
import dev.numberferry.ledger.AttemptKeyBuilder;
import dev.numberferry.ledger.EntryFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StandingTest {

  private static final Instant THEN = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant LATER = THEN.plus(Duration.ofMinutes(5));

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
    "NOT_SENT, NOT_SENT, false",
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
