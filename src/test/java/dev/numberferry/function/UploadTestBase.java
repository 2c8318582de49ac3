package dev.numberferry.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.event.Payload;
import dev.numberferry.standin.CallListener;
import dev.numberferry.standin.Sample;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Events about a backup that was dropped into the bucket. */
abstract class UploadTestBase extends FunctionTestBase {

  @Inject BackupUploadedFunction function;
  @Inject BrakeFunction brake;

  Object upload(JsonNode event) {
    return function.backupUploaded(Payload.of(event));
  }

  static JsonNode event(String file) {
    return parse(Sample.event(file));
  }

  static ObjectNode record() {
    return (ObjectNode) event("s3-put.json").at("/Records/0");
  }

  /** A notification about a key, which is URL-encoded in it. */
  static JsonNode notification(ObjectNode record, String key) {
    String encoded = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
    ((ObjectNode) record.at("/s3/object")).put("key", encoded);
    ObjectNode event = JSON.createObjectNode();
    event.putArray("Records").add(record);
    return event;
  }

  /** Uploads the sample's backup anew; its version. */
  String put() {
    return outside.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());
  }

  static JsonNode versioned(String version) {
    ObjectNode record = record();
    ((ObjectNode) record.at("/s3/object")).put("versionId", version);
    return notification(record, Sample.KEY);
  }

  static JsonNode sequenced(String sequencer) {
    ObjectNode record = record();
    ((ObjectNode) record.at("/s3/object")).put("sequencer", sequencer);
    return notification(record, Sample.KEY);
  }

  void engage() {
    brake.brake(Payload.of("{\"engage\": \"the list looks wrong\", \"by\": \"Ada\"}"));
  }

  /** Somebody looks at what a person has engaged, and lets it go. */
  void release() {
    String brakeId = brake.brake(Payload.of("{}")).engaged().brakeId();
    brake.brake(
        Payload.of(
            "{\"release\": \"it is right\", \"by\": \"Ada\", \"brakeId\": \"%s\"}"
                .formatted(brakeId)));
  }

  /** Lets the first calls through only when so many of them are under way at the same time. */
  static final class Together implements CallListener {

    private final CountDownLatch underWay;
    private final List<String> calls;

    /**
     * @param calls gets the name of each, in order of arrival
     */
    Together(int together, List<String> calls) {
      this.underWay = new CountDownLatch(together);
      this.calls = calls;
    }

    @Override
    public boolean arrived(Call call) {
      calls.add(call.name());
      underWay.countDown();
      try {
        return underWay.await(5, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    @Override
    public void tookEffect(Call call) {}
  }
}
