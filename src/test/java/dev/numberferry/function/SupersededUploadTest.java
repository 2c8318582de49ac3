package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.standin.Sample;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of two uploads for one number the older does not run after the newer. */
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
    upload(unordered("first"));
    String version = outside.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());

    upload(unordered(current ? version : "other"));

    assertThat(lastPublished().getString("reason")).isEqualTo(reason);
    assertThat(outside.graph().registers()).hasSize(calls);
  }

  @Test
  void aNewerUploadThatWasHeldBackStillSupersedesAnOlderOne() {
    outside.ledger().fails("PutItem", "REJECTED");
    outside.graph().refuses(400, 133006);
    assertThatThrownBy(() -> upload(event("s3-put.json"))).isInstanceOf(FailedInvocation.class);
    outside.aws().recovers();
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
  void theSameUploadTwiceIsOneMigration() {
    upload(event("s3-put.json"));
    upload(event("eventbridge.json"));

    assertThat(publishedStatuses()).containsExactly("MIGRATED");
    assertRegisteredOnce();
  }

  private static JsonNode unordered(String version) {
    ObjectNode record = record();
    ((ObjectNode) record.at("/s3/object")).put("versionId", version).remove("sequencer");
    return notification(record, Sample.KEY);
  }

  private static JsonNode sequenced(String sequencer) {
    ObjectNode record = record();
    ((ObjectNode) record.at("/s3/object")).put("sequencer", sequencer);
    return notification(record, Sample.KEY);
  }
}
