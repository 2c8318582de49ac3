package dev.numberferry.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.InvalidInputException;

/** The kinds of events that reach a function; each is recognised by what no other has. */
enum EventKind {
  SQS_BATCH("a batch of queue messages"),
  S3_NOTIFICATION("an S3 notification"),
  S3_TEST("S3's test event"),
  EVENTBRIDGE("an EventBridge event"),
  HTTP_REQUEST("a request of an HTTP API"),
  OTHER("JSON of another form");

  private final String words;

  EventKind(String words) {
    this.words = words;
  }

  static EventKind of(JsonNode event) {
    if (event == null || !event.isObject()) {
      return OTHER;
    }
    String source = event.at("/Records/0/eventSource").asText();
    if (source.equals("aws:sqs")) {
      return SQS_BATCH;
    }
    if (source.equals("aws:s3")) {
      return S3_NOTIFICATION;
    }
    if (event.path("Event").asText().equals("s3:TestEvent")) {
      return S3_TEST;
    }
    if (event.has("detail-type")) {
      return EVENTBRIDGE;
    }
    return event.at("/requestContext/http").isObject() ? HTTP_REQUEST : OTHER;
  }

  /** What to say to an event of this kind at a function that takes another. */
  InvalidInputException notFor(String function, String expected, String cure) {
    return new InvalidInputException(
        "the event", "is " + words + ", and " + function + " takes " + expected, cure);
  }
}
