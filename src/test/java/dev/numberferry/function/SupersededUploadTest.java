package dev.numberferry.function;

import static dev.numberferry.standin.GraphStandIn.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.standin.CallListener;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Of two uploads for one number the older does not run after the newer, and one that was taken back
 * does not run at all.
 */
@QuarkusTest
class SupersededUploadTest extends UploadTestBase {

  @Test
  void theOlderOfTwoUploadsDoesNotRunAfterTheNewer() {
    outside.graph().refuses(400, 133006);
    upload(event("s3-put.json"));
    outside.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());
    ObjectNode older = record();
    older.put("eventTime", "2026-11-22T11:59:59.999Z");
    ((ObjectNode) older.at("/s3/object")).remove("sequencer");

    upload(notification(older, Sample.KEY));

    assertThat(lastPublished().getString("reason")).isEqualTo("SUPERSEDED");
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @CsvSource({"false, SUPERSEDED, 1", "true, , 2"})
  void whereNothingTellsTheOrderTheCurrentVersionRuns(boolean current, String reason, int calls) {
    outside.graph().refuses(400, 133006);
    upload(unordered(put()));
    String version = put();

    upload(unordered(current ? version : "other"));

    assertThat(lastPublished().getString("reason")).isEqualTo(reason);
    assertThat(outside.graph().registers()).hasSize(calls);
  }

  @Test
  void aNewerUploadThatWasHeldBackStillSupersedesAnOlderOne() {
    outside.graph().refuses(400, 133006);
    leaveAClaimBehind(() -> upload(event("s3-put.json")));
    outside.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());
    upload(sequenced("0055AED6DCD90281E7"));
    assertThat(lastPublished().getString("reason")).isEqualTo("IN_PROGRESS");
    makeTheClaimStale();
    outside.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());

    upload(sequenced("0055AED6DCD90281E6"));

    assertThat(lastPublished().getString("reason")).isEqualTo("SUPERSEDED");
    assertRegisteredOnce();
  }

  @Test
  void aTimeInTheFutureSupersedesNoLaterUpload() {
    outside.graph().refuses(400, 133006);
    upload(at("2099-01-01T00:00:00Z"));
    outside.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());

    upload(event("s3-put.json"));

    assertThat(publishedStatuses()).containsExactly("REJECTED", "REJECTED");
    assertThat(outside.graph().registers()).hasSize(2);
    assertThat(newestAttempt().getString("eventTime")).isEqualTo("2026-11-22T12:00:00Z");
  }

  @Test
  void norDoesItWhenItsTimeHasCome() {
    Instant noon = Instant.parse("2026-11-26T12:00:00Z");
    outside.ledger().clock(Clock.fixed(noon, ZoneOffset.UTC));
    outside.graph().refuses(400, 133006);
    upload(at("2026-11-26T12:59:00Z"));
    outside.ledger().clock(Clock.fixed(noon.plus(Duration.ofHours(1)), ZoneOffset.UTC));
    outside.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());

    upload(at("2026-11-26T12:30:00Z"));

    assertThat(outside.graph().registers()).hasSize(2);
  }

  @Test
  void aSequencerThatWasMadeUpSupersedesNoUploadOfALaterTime() {
    outside.graph().refuses(400, 133006);
    upload(sequenced("FFFFFFFFFFFFFFFFFF"));
    outside.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());
    ObjectNode later = record().put("eventTime", "2026-11-22T12:05:00.001Z");

    upload(notification(later, Sample.KEY));

    assertThat(publishedStatuses()).containsExactly("REJECTED", "REJECTED");
    assertThat(outside.graph().registers()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"future-upload-called", "future-upload-held-back"})
  void anEntryOfNovemberThatHasATimeInTheFutureSupersedesNothing(String file) {
    putEntry("entries-2026-11-26", file, "2");

    upload(event("s3-put.json"));

    assertThat(lastPublished().getString("status")).isEqualTo("MIGRATED");
    assertRegisteredOnce();
  }

  @Test
  void theNewestUploadIsKnownWhateverTimeWasToldBefore() {
    putEntry("entries-2026-11-26", "future-upload-held-back", "2");
    outside.graph().tells(state("ON_PREMISE", "BANNED"));
    upload(at("2026-11-26T12:00:00Z"));
    assertThat(lastPublished().getString("reason")).isEqualTo("STATE");
    assertThat(entry().getString("newestUpload.time")).isEqualTo("2026-11-26T12:00:00Z");
    outside.graph().reset();

    upload(at("2026-11-26T11:00:00Z"));

    assertThat(lastPublished().getString("reason")).isEqualTo("SUPERSEDED");
    assertNothingSent();
  }

  @Test
  void anUploadThatWasDeletedDoesNotRun() {
    String version = put();
    outside.objects().markDeleted(Sample.BUCKET, Sample.KEY);

    upload(versioned(version));

    assertSuperseded(version, "the object was deleted");
  }

  @Test
  void anUploadThatWasWrittenOverDoesNotRun() {
    String version = put();
    String current = put();

    upload(versioned(version));

    assertSuperseded(version, "version " + current + " is");
  }

  @Test
  void anUploadThatWasDeletedWhileTheBrakeHeldItDoesNotRunAfterTheRelease() {
    String version = put();
    engage();
    upload(versioned(version));
    assertThat(lastPublished().getString("reason")).isEqualTo("BRAKE");
    outside.objects().markDeleted(Sample.BUCKET, Sample.KEY);
    release();

    upload(versioned(version));

    assertThat(lastPublished().getString("reason")).isEqualTo("SUPERSEDED");
    assertNothingSent();
  }

  @Test
  void anUploadThatIsTheCurrentVersionRuns() {
    upload(versioned(put()));

    assertThat(published().getString("status")).isEqualTo("MIGRATED");
    assertRegisteredOnce();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null"})
  void withoutVersionsNobodyAsksForTheCurrentOne(String version) {
    List<String> calls = new CopyOnWriteArrayList<>();
    outside.aws().listener(new Together(1, calls));

    upload(version.isEmpty() ? event("s3-put.json") : versioned(version));

    outside.aws().listener(CallListener.NONE);
    assertThat(published().getString("status")).isEqualTo("MIGRATED");
    assertThat(calls).filteredOn("S3.HeadObject"::equals).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "403, grant the function both, s3:ListBucket",
    "500, send the same event again, s3:GetObject",
    "503, send the same event again, s3:GetObject",
    "400, send the same event again, s3:GetObject"
  })
  void whereNobodyTellsTheCurrentVersionNothingIsSent(int status, String cure, String action) {
    String version = put();
    outside.objects().answersHeadOfCurrent(status);

    assertThatThrownBy(() -> upload(versioned(version))).isInstanceOf(FailedInvocation.class);

    assertThat(published().getString("status")).isEqualTo("NOT_SENT");
    assertThat(published().getString("error.message")).contains(action, "HTTP " + status);
    assertThat(published().getString("nextStep")).contains(cure);
    assertNothingSent();
  }

  @ParameterizedTest
  @CsvSource({"false, REJECTED", "true, MIGRATED"})
  void aReplayNeedsNoCurrentVersion(boolean moves, String status) {
    String version = put();
    if (!moves) {
      outside.graph().refuses(400, 133006);
    }
    upload(versioned(version));
    outside.objects().answersHeadOfCurrent(403);

    List<?> again = (List<?>) upload(versioned(version));

    assertThat(again)
        .singleElement()
        .isInstanceOfSatisfying(
            MigrationResult.class,
            it -> {
              assertThat(it.status()).hasToString(status);
              assertThat(it.replayed()).isTrue();
            });
    assertThat(publishedStatuses()).containsExactly(status);
    assertRegisteredOnce();
  }

  @Test
  void theSameUploadTwiceIsOneMigration() {
    upload(event("s3-put.json"));
    upload(event("eventbridge.json"));

    assertThat(publishedStatuses()).containsExactly("MIGRATED");
    assertRegisteredOnce();
  }

  private void assertSuperseded(String version, String current) {
    assertThat(published().getString("status")).isEqualTo("WITHHELD");
    assertThat(published().getString("reason")).isEqualTo("SUPERSEDED");
    assertThat(published().getString("error.message"))
        .isEqualTo(
            "s3://%s/%s?versionId=%s is not the current version any more: %s"
                .formatted(Sample.BUCKET, Sample.KEY, version, current));
    assertNothingSent();
  }

  private static JsonNode unordered(String version) {
    ObjectNode record = record();
    ((ObjectNode) record.at("/s3/object")).put("versionId", version).remove("sequencer");
    return notification(record, Sample.KEY);
  }

  private static JsonNode at(String time) {
    ObjectNode record = record();
    record.put("eventTime", time);
    ((ObjectNode) record.at("/s3/object")).remove("sequencer");
    return notification(record, Sample.KEY);
  }
}
