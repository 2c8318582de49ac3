package dev.numberferry.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/**
 * A call of AWS's API as CloudTrail reports it through EventBridge: at best effort, minutes later
 * and in no order. Source: CloudTrail's pages on the contents of its records, EventBridge's on
 * events from CloudTrail.
 */
final class ReportedCall {

  /** Source: S3's page on the operations that CloudTrail tracks. */
  private static final Pattern WRITING =
      Pattern.compile("(Put|Post|Copy|Rename)Object|CompleteMultipartUpload");

  private ReportedCall() {}

  /** Whether an event is one, by itself or as the detail that a rule has handed on alone. */
  static boolean isOne(JsonNode event) {
    return event.path("detail-type").asText().endsWith(" via CloudTrail")
        || (event.path("eventVersion").isTextual()
            && event.path("eventName").isTextual()
            && event.path("eventSource").asText().endsWith(".amazonaws.com"));
  }

  /** Whether, of what is one, the call wrote an object in S3. */
  static boolean wroteAnObject(JsonNode event) {
    JsonNode call = event.has("detail-type") ? event.path("detail") : event;
    boolean ofS3 =
        event.path("source").asText().equals("aws.s3")
            || event.path("eventSource").asText().equals("s3.amazonaws.com");
    return ofS3
        && WRITING.matcher(call.path("eventName").asText()).matches()
        && !call.has("errorCode");
  }
}
