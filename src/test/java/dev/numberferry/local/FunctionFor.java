package dev.numberferry.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.event.Envelope;
import dev.numberferry.event.EventKind;
import dev.numberferry.event.Payload;

/** Which function an event file is for. */
public final class FunctionFor {

  private FunctionFor() {}

  public static String event(String text) {
    return event(Payload.of(text));
  }

  private static String event(Payload event) {
    JsonNode json = Envelope.open(event).get(0).json();
    return switch (EventKind.of(json)) {
      case SQS_BATCH -> event(json.at("/Records/0/body").asText());
      case S3_NOTIFICATION, S3_TEST -> "backup-uploaded";
      case EVENTBRIDGE ->
          json.path("source").asText().equals("aws.s3") ? "backup-uploaded" : "sweep";
      case HTTP_REQUEST -> "api";
      default -> isCommand(json) ? "brake" : isRun(json) ? "fleet" : "migrate";
    };
  }

  private static boolean isRun(JsonNode json) {
    return json != null && json.has("run");
  }

  private static boolean isCommand(JsonNode json) {
    return json != null && (json.has("release") || json.has("engage"));
  }
}
