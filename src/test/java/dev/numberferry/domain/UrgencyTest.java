package dev.numberferry.domain;

import static dev.numberferry.domain.Urgency.NONE;
import static dev.numberferry.domain.Urgency.NOW;
import static dev.numberferry.domain.Urgency.SOON;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every status, reason and harm, and who is woken by it. */
class UrgencyTest {

  private static final Map<Status, Urgency> STATUSES =
      Map.ofEntries(
          entry(Status.MIGRATED, NONE),
          entry(Status.ALREADY_MIGRATED, NONE),
          entry(Status.REJECTED, SOON),
          entry(Status.NOT_SENT, NONE),
          entry(Status.UNKNOWN, NOW),
          entry(Status.INVALID, SOON),
          entry(Status.WITHHELD, SOON),
          entry(Status.READY, NONE),
          entry(Status.NOT_READY, NONE));

  private static final Map<Reason, Urgency> REASONS =
      Map.ofEntries(
          entry(Reason.IN_PROGRESS, NONE),
          entry(Reason.PIN_REFUSED, SOON),
          entry(Reason.CALL_BUDGET, SOON),
          entry(Reason.BLOCKED, SOON),
          entry(Reason.AFTER_UNKNOWN, SOON),
          entry(Reason.SUPERSEDED, NONE),
          entry(Reason.OUTDATED_RETRY, SOON),
          entry(Reason.BRAKE, NONE),
          entry(Reason.STATE, SOON));

  private static final Map<Harm, Urgency> HARMS =
      Map.ofEntries(entry(Harm.LINE_DOWN, NOW), entry(Harm.UNCLEAR, NOW));

  @ParameterizedTest
  @EnumSource
  void ofAStatusAlone(Status status) {
    assertThat(Urgency.of(ended(status).build())).isEqualTo(STATUSES.get(status));
  }

  @ParameterizedTest
  @EnumSource
  void ofACallThatWasHeldBack(Reason reason) {
    assertThat(Urgency.of(ended(Status.WITHHELD).reason(reason).build()))
        .isEqualTo(REASONS.get(reason));
  }

  /** Whatever else is said of it. */
  @ParameterizedTest
  @MethodSource("harmed")
  void ofHarm(Status status, Reason reason, Harm harm) {
    assertThat(Urgency.of(ended(status).reason(reason).harm(harm).build()))
        .isEqualTo(HARMS.get(harm));
  }

  static Stream<Arguments> harmed() {
    return Arrays.stream(Status.values())
        .flatMap(
            status ->
                Stream.concat(Stream.of((Reason) null), Arrays.stream(Reason.values()))
                    .flatMap(
                        reason ->
                            Arrays.stream(Harm.values())
                                .map(harm -> Arguments.of(status, reason, harm))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"LIMITED", "BLOCKED"})
  void ofANumberThatHasMovedAndIsHeldBack(String canSendMessage) {
    Outcome seen =
        migrated()
            .seen(NumberStateBuilder.builder().canSendMessage(canSendMessage).build())
            .build();
    Outcome told =
        migrated()
            .details(
                NumberDetails.unknown()
                    .withHealth(
                        HealthBuilder.builder()
                            .entities(
                                List.of(
                                    HealthEntityBuilder.builder()
                                        .entityType("WABA")
                                        .canSendMessage(canSendMessage)
                                        .build()))
                            .build()))
            .build();

    assertThat(Urgency.of(seen)).isEqualTo(SOON);
    assertThat(Urgency.of(told)).isEqualTo(SOON);
  }

  @ParameterizedTest
  @MethodSource("webhooks")
  void ofANumberThatHasMovedAndWhoseUsersAreNotHeard(Webhooks webhooks, Urgency urgency) {
    assertThat(
            Urgency.of(migrated().details(NumberDetails.unknown().withWebhooks(webhooks)).build()))
        .isEqualTo(urgency);
  }

  static Stream<Arguments> webhooks() {
    return Stream.of(
        Arguments.of(new Webhooks(null, Webhooks.NOWHERE, null), SOON),
        Arguments.of(new Webhooks(null, Webhooks.NOWHERE, true), SOON),
        Arguments.of(new Webhooks("example.com", "APP", false), SOON),
        Arguments.of(new Webhooks("example.com", "APP", true), NONE),
        Arguments.of(new Webhooks(null, null, null), NONE));
  }

  @Test
  void ofANumberThatHasMovedAndWorks() {
    NumberState available = NumberStateBuilder.builder().canSendMessage("AVAILABLE").build();
    Health declinedName = HealthBuilder.builder().nameStatus("DECLINED").build();

    assertThat(
            Urgency.of(
                migrated()
                    .seen(available)
                    .details(NumberDetails.unknown().withHealth(declinedName))
                    .build()))
        .isEqualTo(NONE);
  }

  /** A number that somebody else has moved is none that this program has to look after. */
  @Test
  void ofANumberThatHadMovedBefore() {
    assertThat(
            Urgency.of(
                ended(Status.ALREADY_MIGRATED)
                    .seen(NumberStateBuilder.builder().canSendMessage("BLOCKED").build())
                    .build()))
        .isEqualTo(NONE);
  }

  @Test
  void aWordForEach() {
    assertThat(Arrays.stream(Urgency.values()).map(Urgency::word))
        .containsExactly("now", "soon", "none");
  }

  private static OutcomeBuilder migrated() {
    return ended(Status.MIGRATED);
  }

  private static OutcomeBuilder ended(Status status) {
    return OutcomeBuilder.builder().status(status);
  }
}
