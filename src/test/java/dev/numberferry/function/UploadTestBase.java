package dev.numberferry.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.event.Payload;
import dev.numberferry.standin.Sample;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Events about a backup that was dropped into the bucket. */
abstract class UploadTestBase extends FunctionTestBase {

  @Inject BackupUploadedFunction function;

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
}
