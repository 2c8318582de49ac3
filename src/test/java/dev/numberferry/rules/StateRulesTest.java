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
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A retry lifts what its author has seen, and nothing that came since. */
class StateRulesTest {

  private static final NumberState CONNECTED =
      NumberStateBuilder.builder()
          .displayPhoneNumber("+49 151 23456789")
          .platformType("ON_PREMISE")
          .status("CONNECTED")
          .pinEnabled(true)
          .build();

  private static final MigrationRequest PLAIN =
      MigrationRequestBuilder.builder()
          .phoneNumberId(new PhoneNumberId("106540352242922"))
          .backup(new InlineBackup("x"))
          .delivery(Delivery.of(Trigger.DIRECT))
          .build();

  private static final MigrationRequest EXPECTING =
      PLAIN.withExpectedNumber(Optional.of("+49 151 23456789"));

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        "ON_PREMISE     | BANNED    | platform ON_PREMISE, status BANNED",
        "ON_PREMISE     | MIGRATED  | platform ON_PREMISE, status MIGRATED",
        "NOT_APPLICABLE | DELETED   | platform NOT_APPLICABLE, status DELETED",
        "NEVER_SEEN     | -         | platform NEVER_SEEN, status not told",
        "-              | CONNECTED | platform not told, status CONNECTED",
        "-              | -         | platform not told, status not told"
      })
  void aDoubtfulPlaceIsLiftedByWhoHasSeenIt(String platform, String status, String shown) {
    NumberState state = CONNECTED.withPlatformType(platform).withStatus(status);

    assertLiftedOnlyBy(shown, PLAIN, false, state);
  }

  @Test
  void aPinThatMayBeSetIsLiftedByWhoHasSeenThatItIsNotTold() {
    NumberState state = CONNECTED.withPinEnabled(null);

    assertLiftedOnlyBy("platform ON_PREMISE, status CONNECTED, PIN not told", PLAIN, true, state);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "***"})
  void aNumberThatCannotBeComparedIsLiftedByWhoHasSeenThatItIsNotTold(String untold) {
    NumberState state = CONNECTED.withDisplayPhoneNumber(untold);

    assertLiftedOnlyBy(
        "platform ON_PREMISE, status CONNECTED, number not told", EXPECTING, false, state);
  }

  @Test
  void theTextHoldsWhatTheDecisionHangsOn() {
    NumberState banned = CONNECTED.withStatus("BANNED");

    assertLiftedOnlyBy(
        "platform ON_PREMISE, status BANNED, PIN not set, number +4915123456789",
        EXPECTING,
        true,
        banned.withPinEnabled(false));
    assertLiftedOnlyBy(
        "platform ON_PREMISE, status BANNED, number +4915123456789", EXPECTING, false, banned);
  }

  @Test
  void allThatARetryLiftsIsNamedAndLiftedAtOnce() {
    NumberState untold = NumberStateBuilder.builder().build();

    Outcome held =
        assertLiftedOnlyBy(
            "platform not told, status not told, PIN not told, number not told",
            EXPECTING,
            true,
            untold);
    assertThat(held.error().message())
        .contains("which phone number", "(not told) with status (not told)", "two-step");
  }

  @Test
  void whatTheDecisionDoesNotHangOnOutdatesNoRetry() {
    NumberState banned = CONNECTED.withStatus("BANNED");
    MigrationRequest retry = retrying(PLAIN, "platform ON_PREMISE, status BANNED");

    assertThat(
            StateRules.obstacle(
                retry,
                false,
                banned
                    .withThroughput("HIGH")
                    .withCanSendMessage("BLOCKED")
                    .withWabaId("1")
                    .withPinEnabled(null)
                    .withDisplayPhoneNumber(null)))
        .isEmpty();
    MigrationRequest expecting =
        retrying(EXPECTING, "platform ON_PREMISE, status BANNED, number +4915123456789");
    assertThat(
            StateRules.obstacle(
                expecting, false, banned.withDisplayPhoneNumber("49 (151) 23456789")))
        .isEmpty();
  }

  @Test
  void aStateIsNoObstacleWhereNothingHasToBeLifted() {
    MigrationRequest retry = retrying(PLAIN, "platform ON_PREMISE, status BANNED");

    assertThat(StateRules.obstacle(retry, false, CONNECTED)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "CLOUD_API, CONNECTED, ALREADY_MIGRATED",
    "CLOUD_API, BANNED, WITHHELD",
    "cloud_api, CONNECTED, WITHHELD"
  })
  void whoIsOnTheCloudApiIsNotCalledWhateverARetryHasSeen(
      String platform, String status, Status answer) {
    NumberState state = CONNECTED.withPlatformType(platform).withStatus(status);
    MigrationRequest retry = retrying(PLAIN, "platform %s, status %s".formatted(platform, status));

    Outcome outcome = StateRules.obstacle(retry, false, state).orElseThrow();

    assertThat(outcome.status()).isEqualTo(answer);
    assertThat(outcome.liftable()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-, true", "+49 151 23456789, false"})
  void aNumberThatHasMovedUncomparedSaysSo(String told, boolean saysSo) {
    NumberState moved = CONNECTED.withPlatformType("CLOUD_API").withDisplayPhoneNumber(told);

    Outcome outcome = StateRules.obstacle(EXPECTING, false, moved).orElseThrow();

    assertThat(outcome.status()).isEqualTo(Status.ALREADY_MIGRATED);
    assertThat(outcome.nextStep().contains("expectedNumber was not compared")).isEqualTo(saysSo);
  }

  @Test
  void whatNoRetryLiftsIsSaidFirst() {
    NumberState state = CONNECTED.withStatus("BANNED");

    assertThat(StateRules.obstacle(PLAIN, true, state).orElseThrow().status())
        .isEqualTo(Status.INVALID);
    MigrationRequest other = PLAIN.withExpectedNumber(Optional.of("+4915123456780"));
    assertThat(StateRules.obstacle(other, false, state).orElseThrow().status())
        .isEqualTo(Status.INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A\nB", "x\u0000", "\ud83d"})
  void theTextFitsIntoARetryWhateverWhatsAppShows(String odd) {
    NumberState state =
        CONNECTED
            .withPlatformType(odd.repeat(400))
            .withStatus(odd.repeat(400))
            .withDisplayPhoneNumber("+49 " + "1".repeat(400));
    MigrationRequest request = PLAIN.withExpectedNumber(Optional.of("+49" + "1".repeat(400)));

    Outcome held = StateRules.obstacle(request, false, state).orElseThrow();

    assertThat(held.retryState()).matches("[^\\p{Cc}\\p{Cs}]{1,500}");
    assertThat(StateRules.obstacle(retrying(request, held.retryState()), false, state)).isEmpty();
  }

  private static Outcome assertLiftedOnlyBy(
      String shown, MigrationRequest request, boolean generatesPin, NumberState state) {
    Outcome held = StateRules.obstacle(request, generatesPin, state).orElseThrow();
    assertThat(held.reason()).isEqualTo(Reason.STATE);
    assertThat(held.liftable()).isTrue();
    assertThat(held.retryState()).isEqualTo(shown);
    assertThat(held.nextStep()).contains("retry.after", "retry.state").endsWith(".");

    assertThat(StateRules.obstacle(retrying(request, null), generatesPin, state)).contains(held);
    Outcome outdated =
        StateRules.obstacle(retrying(request, "platform ON_PREMISE"), generatesPin, state)
            .orElseThrow();
    assertThat(outdated.reason()).isEqualTo(Reason.OUTDATED_RETRY);
    assertThat(outdated.error().message())
        .isEqualTo("retry.state is platform ON_PREMISE, and WhatsApp shows " + shown);
    assertThat(outdated.liftable()).isTrue();
    assertThat(outdated.retryState()).isEqualTo(shown);

    assertThat(StateRules.obstacle(retrying(request, shown), generatesPin, state)).isEmpty();
    return held;
  }

  private static MigrationRequest retrying(MigrationRequest request, String state) {
    return request.withRetry(Optional.of(new Retry("none", "I looked", state)));
  }
}
