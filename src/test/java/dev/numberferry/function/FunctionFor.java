package dev.numberferry.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.support.StrictJson;

/** Which function an event file is for. */
final class FunctionFor {

  private FunctionFor() {}

  static String event(String text) {
    return StrictJson.parse(text).map(FunctionFor::event).orElse("migrate");
  }

  private static String event(JsonNode event) {
    return switch (EventKind.of(event)) {
      case SQS_BATCH -> event(event.at("/Records/0/body").asText());
      case S3_NOTIFICATION, S3_TEST -> "backup-uploaded";
      case EVENTBRIDGE ->
          event.path("source").asText().equals("aws.s3") ? "backup-uploaded" : "sweep";
      case HTTP_REQUEST -> "api";
      case OTHER -> "migrate";
    };
  }
}
