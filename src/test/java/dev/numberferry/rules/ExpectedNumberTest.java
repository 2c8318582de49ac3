package dev.numberferry.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.domain.BackupSource.InlineBackup;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.MigrationRequestBuilder;
import dev.numberferry.domain.NumberState;
import dev.numberferry.domain.NumberStateBuilder;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Retry;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.Trigger;
import dev.numberferry.ledger.AttemptKeyBuilder;
import dev.numberferry.ledger.EntryFixture;
import dev.numberferry.rules.ExpectedNumber.Comparison;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedNumberTest {

  private static final Outcome ANSWER = Outcome.migrated();

  private static final Supplier<Optional<String>> NOBODY_ASKS =
      () -> {
        throw new AssertionError("WhatsApp is asked");
      };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+49 151 23456789",
        "0049 151 23456789",
        "011 49 151 23456789",
        "4915123456789",
        "+49 (0) 151 234-567-89",
        "+49 [0]151 23456789",
        "(+49) (0)151/23456789",
        "0049(0)151.2345.6789",
        "+49\u00a0151\u202f2345\u20116789",
        "+49 151 2345\u20136789",
        "\u202a+49 151 23456789\u202c",
        "  +49 151 23456789\n"
      })
  void isTheSameHoweverItIsWritten(String expected) {
    assertThat(obstacle(expected, "+49 151 23456789")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"+39 06 1234 5678", "+39 (0)6 1234 5678", "0039 06 1234 5678"})
  void aZeroThatBelongsToTheNumberStays(String expected) {
    assertThat(obstacle(expected, "+39 06 1234 5678")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "+52 1 55 1234 5678, +52 55 1234 5678",
    "+52 55 1234 5678, +52 1 55 1234 5678",
    "00 52 33 1234 5678, +52 1 33 1234 5678",
    "+54 11 2345 6789, +54 9 11 2345 6789",
    "+54 9 341 234 5678, +54 341 234 5678",
    "+54 11 15 2345 6789, +54 9 11 2345 6789",
    "+54 (0)341 15 234 5678, +54 9 341 234 5678",
    "+54 9 2901 15 23 4567, +54 2901 23 4567",
    "+55 31 8765 4321, +55 31 98765 4321",
    "+55 31 98765 4321, +55 31 8765 4321",
    "+55 (0)85 99876 5432, +55 85 9876 5432"
  })
  void anotherShapeIsHeldBackWithBothAndNoRetryLiftsIt(String expected, String shown) {
    Outcome outcome = obstacle(expected, shown).orElseThrow();

    assertThat(outcome.status()).isEqualTo(Status.WITHHELD);
    assertThat(outcome.reason()).isEqualTo(Reason.STATE);
    assertThat(outcome.error().message())
        .contains("+" + shown.replaceAll("[^0-9]", ""))
        .containsPattern("expectedNumber is \\+5[245][0-9]+,");
    assertThat(outcome.nextStep())
        .contains("+" + shown.replaceAll("[^0-9]", ""))
        .contains("a retry does not lift this")
        .endsWith(".");
    assertThat(mismatch(request(expected, "I know better"), shown)).contains(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "+52 1 55 1234 5678, +52 55 1234 5679",
    "+52 2 55 1234 5678, +52 55 1234 5678",
    "+54 8 11 2345 6789, +54 11 2345 6789",
    "+54 11 16 2345 6789, +54 9 11 2345 6789",
    // A line in a house never got the ninth digit: with it, this is somebody's mobile phone.
    "+55 11 93456 7890, +55 11 3456 7890",
    "+55 21 98765 4321, +55 31 8765 4321",
    "+49 1 151 23456789, +49 151 23456789",
    "+1 555 123 4568, +1 555-123-4567",
    // Five digits at the end may be an accident.
    "34567, +1 555-123-4567"
  })
  void certainlyAnotherNumberIsInvalid(String expected, String shown) {
    Outcome outcome = obstacle(expected, shown).orElseThrow();

    assertThat(outcome.status()).isEqualTo(Status.INVALID);
    assertThat(outcome.nextStep()).startsWith("Correct phoneNumberId");
  }

  @ParameterizedTest
  @CsvSource({
    "0151 23456789, +49 151 23456789",
    "(555) 123-4567, +1 555-123-4567",
    "0234567, +1 555-123-4567"
  })
  void aNumberWithoutItsCountryIsInvalidAndSaysSo(String expected, String shown) {
    Outcome outcome = obstacle(expected, shown).orElseThrow();

    assertThat(outcome.status()).isEqualTo(Status.INVALID);
    assertThat(outcome.error().message()).contains("no country code");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "***"})
  void aNumberThatIsNotToldCannotBeAnother(String untold) {
    assertThat(obstacle("+15551234567", untold)).isEmpty();
  }

  @Test
  void nothingIsComparedWhereNothingIsExpected() {
    assertThat(mismatch(request(null, null), "+1 555-123-4567")).isEmpty();
  }

  @Test
  void whatTheLedgerTellsIsComparedWithoutAskingWhatsApp() {
    EntryFixture ledger = new EntryFixture();
    ledger.end(
        AttemptKeyBuilder.builder().build(),
        Instant.EPOCH,
        it -> it.status(Status.MIGRATED).seen(shown("+1 555-123-4567")));

    Comparison same = compare("+15551234567", ledger, NOBODY_ASKS);
    assertThat(same.mismatch()).isEmpty();
    assertThat(same.told(ANSWER)).isEqualTo(ANSWER);
    Outcome other = compare("+15551234568", ledger, NOBODY_ASKS).mismatch().orElseThrow();
    assertThat(other.status()).isEqualTo(Status.INVALID);
    assertThat(other.seen()).isEqualTo(shown("+1 555-123-4567"));
    assertThat(compare(null, ledger, NOBODY_ASKS))
        .isEqualTo(new Comparison(Optional.empty(), false));
  }

  @Test
  void whereTheLedgerDoesNotTellWhatsAppIsAsked() {
    EntryFixture ledger = new EntryFixture();

    assertThat(compare("+15551234568", ledger, () -> Optional.of("+1 555-123-4567")).mismatch())
        .isPresent();
    Outcome open = compare("+15551234567", ledger, Optional::empty).told(ANSWER);
    assertThat(open.nextStep()).contains("expectedNumber was not compared");
  }

  private static Comparison compare(
      String expected, EntryFixture ledger, Supplier<Optional<String>> look) {
    return ExpectedNumber.compare(request(expected, null), ledger.entry(), look);
  }

  private static NumberState shown(String number) {
    return NumberStateBuilder.builder().displayPhoneNumber(number).build();
  }

  private static Optional<Outcome> obstacle(String expected, String shown) {
    return mismatch(request(expected, null), shown);
  }

  private static Optional<Outcome> mismatch(MigrationRequest request, String shown) {
    return ExpectedNumber.mismatch(request, Optional.ofNullable(shown));
  }

  private static MigrationRequest request(String expected, String retry) {
    return MigrationRequestBuilder.builder()
        .phoneNumberId(new PhoneNumberId("106540352242922"))
        .backup(new InlineBackup("x"))
        .expectedNumber(Optional.ofNullable(expected))
        .retry(Optional.ofNullable(retry).map(reason -> new Retry("none", reason)))
        .delivery(Delivery.of(Trigger.DIRECT))
        .build();
  }
}
