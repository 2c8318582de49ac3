package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.numberferry.standin.GraphStandIn.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.migration.Sweep.SweepFailedException;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sweep makes of what other runs have left behind. */
@QuarkusTest
class SweepTest extends FunctionTestBase {

  @Inject SweepFunction sweep;

  @Test
  void aRunThatIsStillAtWorkIsLeftAlone() {
    leaveAClaimBehind();

    sweep.sweep(null);

    assertThat(publishedStatuses()).containsExactly("MIGRATED");
    assertThat(entry().getMap("attempts[0]")).doesNotContainKey("result");
  }

  @Test
  void aStaleClaimOfANumberThatHasMovedIsClosedAsMigrated() {
    leaveAClaimBehind();
    age(Duration.ofHours(1));

    sweep.sweep(null);

    assertThat(lastPublished().getString("status")).isEqualTo("MIGRATED");
    assertThat(lastPublished().getBoolean("reconciled")).isTrue();
    assertThat(lastPublished().getString("backup.key")).isEqualTo(Sample.KEY);
    assertSettled();
  }

  @Test
  void aStaleClaimOfANumberThatHasNotMovedIsClosedAsUnknown() {
    leaveAClaimBehind();
    age(Duration.ofHours(1));
    outside.graph().tells(state("ON_PREMISE", "DISCONNECTED"));

    sweep.sweep(null);

    assertThat(lastPublished().getString("status")).isEqualTo("UNKNOWN");
    assertThat(lastPublished().getString("platformType")).isEqualTo("ON_PREMISE");
    assertThat(lastPublished().getString("migrationId"))
        .isEqualTo(published(0).getString("migrationId"));
  }

  @Test
  void whatASweepConcludedIsAtWorkForAsLongAsAnyOtherCall() {
    leaveAClaimBehind();
    age(Duration.ofHours(1));
    outside.graph().tells(state("ON_PREMISE", "DISCONNECTED"));

    sweep.sweep(null);

    Instant until = Instant.parse(newestAttempt().getString("endedAt")).plus(LONGEST_RUN);
    assertThat(Instant.parse(lastPublished().getString("retryAfter")))
        .isBetween(until, until.plusSeconds(1));
    String retry = sampleRetrying("I looked");
    invoke(retry).spec(withheld("IN_PROGRESS")).body("until", equalTo(until.toString()));
    assertRegisteredOnce();
    letTheLastCallBeOver();
    invoke(retry).body("$", not(hasKey("replayed")));
    assertThat(outside.graph().registers()).hasSize(2);
  }

  @Test
  void whereNobodyCanAskTheOutcomeIsPublishedAsUnknown() {
    leaveAClaimBehind();
    age(Duration.ofHours(1));
    outside.secrets().remove(Sample.SECRET_ID);

    sweep.sweep(null);

    assertThat(lastPublished().getString("status")).isEqualTo("UNKNOWN");
  }

  /** The number may be taken out of the secret before its claim is closed. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStaleClaimIsClosedWithTheTokenThatASecretForManyHas(boolean inEntry) {
    String many = "whatsapp/many";
    outside.secrets().put(many, Sample.secretForMany().toString());
    leaveAClaimBehind(() -> invoke(sampleWith("secretId", many)));
    age(Duration.ofHours(1));
    ObjectNode secret = Sample.secretForMany();
    ObjectNode numbers = (ObjectNode) secret.path("numbers");
    if (inEntry) {
      ((ObjectNode) numbers.path(Sample.NUMBER)).put("accessToken", "own");
    } else {
      numbers.remove(Sample.NUMBER);
    }
    outside.secrets().put(many, secret.toString());

    sweep.sweep(null);

    assertThat(lastPublished().getString("status")).isEqualTo("MIGRATED");
    assertThat(outside.graph().looks())
        .last()
        .extracting(it -> it.getHeader("Authorization"))
        .isEqualTo("Bearer " + (inEntry ? "own" : Sample.TOKEN));
    assertSettled();
    assertRegisteredOnce();
  }

  @Test
  void theNextDeliveryClosesAStaleClaimAsTheSweepWould() {
    leaveAClaimBehind();
    age(Duration.ofHours(1));

    invokeSample()
        .body(
            "status", equalTo("MIGRATED"),
            "replayed", equalTo(true));
    assertThat(publishedStatuses()).containsExactly("MIGRATED", "MIGRATED");
    assertRegisteredOnce();
  }

  @Test
  void aRetryDoesNotLiftAClaimEvenWhereItIsStale() {
    leaveAClaimBehind();
    age(Duration.ofHours(1));
    outside.graph().tells(state("CLOUD_API", "CONNECTED"));

    invoke(sampleRetrying("it hangs")).body("status", equalTo("ALREADY_MIGRATED"));
    assertRegisteredOnce();
  }

  @Test
  void whatWasNotPublishedIsPublished() {
    outside.topic().fails();
    invokeSample();
    outside.aws().recovers();
    age(Duration.ofHours(1));

    sweep.sweep(null);

    assertThat(lastPublished().getString("status")).isEqualTo("MIGRATED");
    assertSettled();
  }

  @Test
  void whatCannotBePublishedFailsTheSweepAndIsPublishedByTheNext() {
    outside.topic().fails();
    invokeSample();
    age(Duration.ofHours(1));
    assertThatThrownBy(() -> sweep.sweep(null))
        .isInstanceOf(SweepFailedException.class)
        .hasMessageStartingWith("1 number could not be settled");
    outside.aws().recovers();

    sweep.sweep(null);

    assertSettled();
    assertRegisteredOnce();
  }

  @Test
  void anUnknownOutcomeThatTurnsOutWellIsPublishedUnderTheSameId() {
    String id = endUnknown().extract().path("migrationId");
    outside.graph().tells(state("CLOUD_API", "CONNECTED"));
    age(Duration.ofMinutes(30));

    sweep.sweep(null);

    assertThat(publishedStatuses()).containsExactly("UNKNOWN", "MIGRATED");
    assertThat(lastPublished().getString("migrationId")).isEqualTo(id);
    assertSettled();
    assertRegisteredOnce();
  }

  @Test
  void anUnknownOutcomeIsLookedAtForTwoHoursAndNoLonger() {
    endUnknown();
    age(Duration.ofMinutes(119));
    int before = outside.graph().looks().size();
    sweep.sweep(null);
    assertThat(outside.graph().looks()).hasSize(before + 1);
    assertThat(outside.ledger().items().get(0)).containsKey("due");
    age(Duration.ofMinutes(2));

    sweep.sweep(null);

    assertThat(outside.graph().looks()).hasSize(before + 1);
    assertThat(publishedStatuses()).containsExactly("UNKNOWN");
    assertThat(outside.ledger().items().get(0)).doesNotContainKey("due");
  }

  @Test
  void eachLookAtAnUnknownOutcomePutsTheNextOneOff() {
    endUnknown();
    age(Duration.ofMinutes(10));
    int before = outside.graph().looks().size();

    sweep.sweep(null);
    sweep.sweep(null);
    assertThat(outside.graph().looks()).hasSize(before + 1);
    age(Duration.ofMinutes(9));
    sweep.sweep(null);
    assertThat(outside.graph().looks()).hasSize(before + 1);
    age(Duration.ofMinutes(2));
    sweep.sweep(null);
    assertThat(outside.graph().looks()).hasSize(before + 2);
  }

  @Test
  void anUnknownOutcomeIsLookedAtOnceHoweverLateThatIs() {
    endUnknown();
    age(Duration.ofHours(5));
    int before = outside.graph().looks().size();

    sweep.sweep(null);
    assertThat(outside.graph().looks()).hasSize(before + 1);
    sweep.sweep(null);

    assertThat(outside.graph().looks()).hasSize(before + 1);
    assertThat(outside.ledger().items().get(0)).doesNotContainKey("due");
  }

  @Test
  void aLateAnswerOfTheRunItselfOutranksWhatTheSweepConcluded() {
    // While the run waits for its answer, its claim is aged and swept.
    outside.graph().movesAfter(this::sweepAnHourLater);

    String id = invokeSample().extract().path("migrationId");

    assertThat(publishedStatuses()).containsExactly("UNKNOWN", "MIGRATED");
    assertThat(published(0).getString("migrationId")).isEqualTo(id);
    assertThat(entry().getString("attempts[0].result.status")).isEqualTo("MIGRATED");

    // Whoever concluded UNKNOWN could have published that last: the next sweep has the last word.
    sweep.sweep(null);

    assertThat(publishedStatuses()).containsExactly("UNKNOWN", "MIGRATED", "MIGRATED");
    assertSettled();
  }

  @Test
  void nothingIsDueWhereNothingHappened() {
    assertThat(sweep.sweep(null).numbers()).isZero();
  }

  private void sweepAnHourLater() {
    age(Duration.ofHours(1));
    sweep.sweep(null);
  }

  private void leaveAClaimBehind() {
    leaveAClaimBehind(FunctionTestBase::invokeSample);
    assertThat(outside.ledger().items().get(0)).containsKey("due");
  }

  private ValidatableResponse endUnknown() {
    outside.graph().answers(aResponse().withStatus(502));
    return answered(invokeSample());
  }

  private void assertSettled() {
    assertThat(entry().getBoolean("attempts[0].published")).isTrue();
    assertThat(outside.ledger().items().get(0)).doesNotContainKey("due");
  }
}
