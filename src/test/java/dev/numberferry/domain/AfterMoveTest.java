package dev.numberferry.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the next step of a number that has moved says, and never says. */
class AfterMoveTest {

  private static final Health.EntityError NO_PAYMENT =
      new Health.EntityError(
          141006, "No payment method is attached.", "Add a payment method to the account.");
  private static final NumberState UP = state("CLOUD_API", "CONNECTED");
  private static final NumberDetails GOOD =
      new NumberDetails(
          health(entity("PHONE_NUMBER", "AVAILABLE")),
          new Webhooks("hooks.example.com", "APP", true),
          null);

  @Test
  void whatIsSeenAndGoodIsTestedWithAMessage() {
    assertThat(nextStep(UP, GOOD))
        .isEqualTo(
            "WhatsApp shows the number up, and nothing against it; send a test message through the"
                + " Cloud API, and answer it.");
  }

  @Test
  void whereNobodyLookedItSaysSo() {
    assertThat(nextStep(null, NumberDetails.unknown()))
        .startsWith("Nobody has seen the number since the call")
        .contains("whether anything holds its messages back")
        .contains("whether a webhook gets the messages of users")
        .endsWith("answer it.")
        .doesNotContain("nothing");
  }

  @ParameterizedTest
  @CsvSource({"ON_PREMISE, CONNECTED", "ON_PREMISE, DISCONNECTED", "CLOUD_API, PENDING"})
  void aNumberThatIsNotUpOnTheOtherSideIsSaidFirst(String platform, String status) {
    assertThat(nextStep(state(platform, status), GOOD))
        .startsWith("WhatsApp still shows the number as " + platform + ", " + status)
        .doesNotContain("nothing against");
  }

  @ParameterizedTest
  @CsvSource({"BLOCKED", "LIMITED"})
  void whatHoldsMessagesBackIsSaidWithItsSolution(String canSend) {
    Health health = health(entity("PHONE_NUMBER", canSend), entity("WABA", canSend, NO_PAYMENT));

    assertThat(nextStep(UP.withCanSendMessage(canSend), new NumberDetails(health, null, null)))
        .startsWith(
            "Health of WABA 1 is %s (code 141006: No payment method is attached): Add a payment"
                    .formatted(canSend)
                + " method to the account; ")
        .doesNotContain("PHONE_NUMBER");
  }

  @Test
  void severalReasonsAreAllSaid() {
    Health health =
        health(
            entity("WABA", "LIMITED", NO_PAYMENT),
            entity(
                "BUSINESS",
                "BLOCKED",
                new Health.EntityError(141010, "Not verified", "Verify it.")));

    assertThat(nextStep(UP, new NumberDetails(health, null, null)))
        .contains("code 141006", "Add a payment method", "code 141010", "Verify it");
  }

  @Test
  void messagesHeldBackForNoReasonThatIsToldAreSaidAsWell() {
    assertThat(nextStep(UP.withCanSendMessage("BLOCKED"), GOOD))
        .startsWith("canSendMessage is BLOCKED, and WhatsApp did not say why");
    assertThat(
            nextStep(
                UP,
                GOOD.withHealth(
                    health(
                        new Health.Entity("APP", "2", "BLOCKED", List.of(), List.of("Paused."))))))
        .startsWith("Health of APP 2 is BLOCKED (Paused): Look at it in WhatsApp Manager");
  }

  @Test
  void aNumberWithoutAWebhookLosesMessages() {
    assertThat(nextStep(UP, GOOD.withWebhooks(new Webhooks(null, Webhooks.NOWHERE, true))))
        .contains("lost in silence");
    assertThat(nextStep(UP, GOOD.withWebhooks(new Webhooks("h", "WABA", false))))
        .contains("POST /<WABA id>/subscribed_apps");
    assertThat(
            nextStep(
                UP.withWabaId("102290129340398"),
                GOOD.withWebhooks(new Webhooks("h", "WABA", false))))
        .contains("POST /102290129340398/subscribed_apps");
    assertThat(nextStep(UP, GOOD.withWebhooks(new Webhooks("h", "WABA", null))))
        .contains("obody has looked whether a webhook gets the messages");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "DE, DE, nothing against it",
        "DE, BR, is BR and not DE",
        "DE, DEFAULT, cannot be changed without deregistering",
        "DE, -, obody has looked whether its data is kept in DE",
        "-, BR, nothing against it"
      })
  void theRegionThatWasAskedForIsComparedWithTheRegionThatIs(
      String asked, String told, String words) {
    assertThat(
            AfterMove.nextStep(
                Optional.of(UP), GOOD.withDataLocalizationRegion(told), Optional.ofNullable(asked)))
        .contains(words);
  }

  @ParameterizedTest
  @CsvSource({"DECLINED, true", "EXPIRED, true", "PENDING_REVIEW, true", "APPROVED, false"})
  void aNameThatIsNotApprovedIsSaid(String nameStatus, boolean said) {
    Health health = new Health(GOOD.health().entities(), nameStatus, "GREEN", "EXPIRED");

    String nextStep = nextStep(UP, GOOD.withHealth(health));

    assertThat(nextStep.startsWith("nameStatus is " + nameStatus)).isEqualTo(said);
    assertThat(nextStep).doesNotContain("codeVerificationStatus");
  }

  @ParameterizedTest
  @EnumSource(Seen.class)
  void noNextStepSaysThatNothingIsLeftToDo(Seen seen) {
    assertThat(seen.outcome.nextStep())
        .doesNotContainIgnoringCase("nothing else")
        .doesNotContainIgnoringCase("nothing is to do")
        .doesNotContainIgnoringCase("nothing is left")
        .matches("[A-Z].*\\.");
  }

  private enum Seen {
    NOTHING(Outcome.migrated()),
    UP(Outcome.reconciled(AfterMoveTest.UP)),
    OLD_SIDE(Outcome.reconciled(state("ON_PREMISE", "CONNECTED"))),
    BY_THE_LEDGER(Outcome.alreadyMigrated()),
    BY_A_LOOK(Outcome.alreadyMigrated(AfterMoveTest.UP)),
    BLOCKED(Outcome.alreadyMigrated(AfterMoveTest.UP.withCanSendMessage("BLOCKED")));

    private final Outcome outcome;

    Seen(Outcome outcome) {
      this.outcome = outcome;
    }
  }

  private static String nextStep(NumberState seen, NumberDetails details) {
    return AfterMove.nextStep(Optional.ofNullable(seen), details, Optional.empty());
  }

  private static NumberState state(String platform, String status) {
    return NumberStateBuilder.builder()
        .platformType(platform)
        .status(status)
        .canSendMessage("AVAILABLE")
        .build();
  }

  private static Health health(Health.Entity... entities) {
    return new Health(List.of(entities), "APPROVED", "GREEN", "VERIFIED");
  }

  private static Health.Entity entity(String type, String canSend, Health.EntityError... errors) {
    return new Health.Entity(type, "1", canSend, Arrays.asList(errors), List.of());
  }
}
