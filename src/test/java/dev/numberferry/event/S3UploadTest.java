package dev.numberferry.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.standin.Sample;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3UploadTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "2026-11-22T12:00:00.000Z, 2026-11-22T12:00:00Z",
        "2026-11-22T12:00:00.123Z, 2026-11-22T12:00:00.123Z",
        "2026-11-22T12:00:00Z, 2026-11-22T12:00:00Z",
        "2026-11-22T13:00:00+01:00, 2026-11-22T12:00:00Z",
        "yesterday, -",
        "'', -"
      })
  void theTimeIsReadWithItsFractions(String told, Instant time) {
    ObjectNode notification = notification();
    ((ObjectNode) notification.at("/Records/0")).put("eventTime", told);
    ObjectNode eventBridge = eventBridge().put("time", told);

    assertThat(upload(notification).time()).isEqualTo(time);
    assertThat(S3Upload.ofEventBridge(eventBridge).time()).isEqualTo(time);
  }

  @Test
  void aTimeAndASequencerThatAreMissingAreAbsent() {
    ObjectNode notification = notification();
    ((ObjectNode) notification.at("/Records/0")).remove("eventTime");
    ((ObjectNode) notification.at("/Records/0/s3/object")).remove("sequencer");
    ObjectNode eventBridge = eventBridge();
    eventBridge.remove("time");
    ((ObjectNode) eventBridge.at("/detail/object")).remove("sequencer");

    assertThat(upload(notification).time()).isNull();
    assertThat(upload(notification).sequencer()).isNull();
    assertThat(S3Upload.ofEventBridge(eventBridge).time()).isNull();
    assertThat(S3Upload.ofEventBridge(eventBridge).sequencer()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "0055AED6DCD90281E5, 0055AED6DCD90281E5",
        "00617f08299329d189, 00617f08299329d189",
        "later, -",
        "'', -"
      })
  void onlyHexadecimalDigitsAreASequencer(String told, String sequencer) {
    ObjectNode notification = notification();
    ((ObjectNode) notification.at("/Records/0/s3/object")).put("sequencer", told);

    assertThat(upload(notification).sequencer()).isEqualTo(sequencer);
  }

  @ParameterizedTest
  @CsvSource({
    "ObjectCreated:Put, CREATED",
    "ObjectCreated:CompleteMultipartUpload, CREATED",
    "s3:ObjectCreated:Copy, CREATED",
    "ObjectRemoved:Delete, OTHER",
    "ObjectRestore:Completed, OTHER",
    "'', UNKNOWN"
  })
  void onlyWhatWasWrittenIsCreated(String name, S3Upload.Change change) {
    ObjectNode notification = notification();
    ((ObjectNode) notification.at("/Records/0")).put("eventName", name);

    assertThat(upload(notification).change()).isEqualTo(change);
  }

  @Test
  void whoAskedIsCut() {
    ObjectNode notification = notification();
    ((ObjectNode) notification.at("/Records/0/userIdentity")).put("principalId", "🙂".repeat(300));

    assertThat(upload(notification).requestedBy()).contains("🙂".repeat(256));
  }

  private static S3Upload upload(JsonNode notification) {
    return S3Upload.ofNotification(notification).get(0);
  }

  private static ObjectNode notification() {
    return (ObjectNode) json("s3-put.json");
  }

  private static ObjectNode eventBridge() {
    return (ObjectNode) json("eventbridge.json");
  }

  private static JsonNode json(String file) {
    return Payload.of(Sample.event(file)).json();
  }
}
