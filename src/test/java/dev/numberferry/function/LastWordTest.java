package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.numberferry.standin.GraphStandIn.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import dev.numberferry.migration.Sweep.SweepFailedException;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is published late is still true, and the newest call has the last word on its number. */
@QuarkusTest
class LastWordTest extends FunctionTestBase {

  @Inject SweepFunction sweep;

  @Test
  void thatNothingWasSentIsNotPublishedAfterTheMove() {
    endNotSentUnheard();
    invokeSample().body("status", equalTo("MIGRATED"));

    sweepAnHourLater();

    assertThat(takenStatuses()).containsExactly("MIGRATED");
    assertSilent("OUTDATED", null);
    assertRegisteredOnce();
  }

  @Test
  void thatNothingWasSentIsNotPublishedAfterTheNumberWasSeenToHaveMoved() {
    endNotSentUnheard();
    outside.graph().tells(state("CLOUD_API", "CONNECTED"));
    invokeSample().body("status", equalTo("ALREADY_MIGRATED"));

    sweepAnHourLater();

    assertThat(takenStatuses()).containsExactly("ALREADY_MIGRATED");
    assertSilent("OUTDATED");
    assertNothingSent();
  }

  @Test
  void thatNothingWasSentIsNotPublishedAfterACallForTheSameEvent() {
    endNotSentUnheard();
    outside.graph().refuses(400, 133006);
    invokeSample().body("status", equalTo("REJECTED"));

    sweepAnHourLater();

    assertThat(takenStatuses()).containsExactly("REJECTED");
    assertSilent("OUTDATED", null);
    assertRegisteredOnce();
  }

  @Test
  void thatNothingWasSentIsPublishedOfAnotherEventButNotAsTheLastWord() {
    endNotSentUnheard();
    outside.secrets().put(Sample.SECRET_ID, Sample.secret());
    outside.graph().refuses(400, 133006);
    invokeSample().body("status", equalTo("REJECTED"));

    sweepAnHourLater();

    assertThat(takenStatuses()).containsExactly("REJECTED", "NOT_SENT", "REJECTED");
    assertSilent(null, null);
    assertRegisteredOnce();
  }

  @Test
  void thatNothingWasSentIsPublishedWhereNothingCameAfterIt() {
    endNotSentUnheard();

    sweepAnHourLater();

    assertThat(takenStatuses()).containsExactly("NOT_SENT");
    assertSilent((Object) null);
    assertNothingSent();
  }

  @Test
  void anUnknownCallIsPublishedLateButNotAsTheLastWord() {
    outside.graph().answers(aResponse().withStatus(502));
    outside.topic().fails();
    failed(invokeSample(), "NotPublished");
    outside.aws().recovers();
    outside.graph().reset();
    letTheLastCallBeOver();
    invoke(sampleRetrying("I looked")).body("status", equalTo("MIGRATED"));

    sweepAnHourLater();
    sweep.sweep(null);

    assertThat(takenStatuses()).containsExactly("MIGRATED", "UNKNOWN", "MIGRATED");
    assertThat(outside.topic().taken().get(2).body().getString("migrationId"))
        .isEqualTo(newestAttempt().getString("migrationId"));
    assertSilent(null, null);
  }

  @Test
  void aReplayThatIsPublishedLateIsNotTheLastWordEither() {
    String first = sampleRetrying("none", "first");
    refuseUnheard(first);
    outside.secrets().put(Sample.SECRET_ID, Sample.secret());
    invokeSample().body("status", equalTo("MIGRATED"));

    invoke(first).body("replayed", equalTo(true));
    sweepAnHourLater();

    assertThat(takenStatuses()).containsExactly("MIGRATED", "REJECTED", "MIGRATED");
    assertSilent(null, null);
    assertRegisteredOnce();
  }

  @Test
  void theLastWordThatTheTopicDidNotTakeComesWithTheNextSweep() {
    refuseUnheard(Sample.event("direct.json"));
    outside.secrets().put(Sample.SECRET_ID, Sample.secret());
    invokeSample().body("status", equalTo("MIGRATED"));
    age(Duration.ofHours(1));
    outside.topic().fails("MIGRATED");
    assertThatThrownBy(() -> sweep.sweep(null)).isInstanceOf(SweepFailedException.class);
    outside.aws().recovers();

    sweep.sweep(null);

    assertThat(takenStatuses()).containsExactly("MIGRATED", "REJECTED", "MIGRATED");
    assertSilent(null, null);
  }

  private void refuseUnheard(String event) {
    outside.graph().refuses(400, 133006);
    outside.topic().fails();
    failed(invoke(event), "NotPublished");
    outside.aws().recovers();
    outside.graph().reset();
  }

  /** The number was claimed, nothing was sent, and the topic did not hear of it. */
  private void endNotSentUnheard() {
    outside.graph().tells(state("ON_PREMISE", "CONNECTED").put("is_pin_enabled", false));
    outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.PIN, "generate"));
    outside.secrets().fails("PutSecretValue", 500, "InternalServiceError");
    outside.topic().fails();
    assertThat(failed(invokeSample(), "NotPublished").getString("status")).isEqualTo("NOT_SENT");
    outside.aws().recovers();
  }

  private void sweepAnHourLater() {
    age(Duration.ofHours(1));
    sweep.sweep(null);
  }

  /** Nothing is left to publish, and this is why it was not, of each attempt. */
  private void assertSilent(Object... why) {
    assertThat(entry().getList("attempts.published")).containsOnly(true);
    assertThat(entry().getList("attempts.silent")).isEqualTo(Arrays.asList(why));
    assertThat(outside.ledger().items().get(0)).doesNotContainKey("due");
  }
}
