package dev.numberferry.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.support.StrictJson;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of events that reach a function, told apart by what only they have; the first that fits
 * counts. Source: Lambda's pages on its event sources, each with a sample event.
 */
public enum EventKind {
  SQS_BATCH("a batch of queue messages", it -> isRecord(it, "aws:sqs")),
  S3_NOTIFICATION("an S3 notification", it -> isRecord(it, "aws:s3")),
  S3_TEST("S3's test event", it -> it.path("Event").asText().equals("s3:TestEvent")),
  SNS_EVENT(
      "a notification of SNS", it -> it.at("/Records/0/EventSource").asText().equals("aws:sns")),
  SNS_MESSAGE(
      "a notification of SNS",
      it -> it.path("Type").asText().equals("Notification") && has(it, "TopicArn", "Message")),
  FAILED_INVOCATION(
      "the record of an invocation that failed",
      it -> isInvocation(it) && !it.at("/requestContext/condition").asText().equals("Success")),
  OWN_EVENTBRIDGE(
      "an event of your own through EventBridge",
      it -> has(it, "detail-type", "detail") && !it.path("source").asText().startsWith("aws.")),
  EVENTBRIDGE("an EventBridge event", it -> it.has("detail-type")),
  FUNCTION_URL(
      "a request of a function URL",
      it ->
          it.at("/requestContext/http").isObject()
              && it.at("/requestContext/domainName").asText().contains(".lambda-url."),
      "Call the HTTP API in the stack's outputs; a function URL is not supported."),
  HTTP_REQUEST("a request of an HTTP API", it -> it.at("/requestContext/http").isObject()),

  // From here on nothing of it can be used.
  SNS_OTHER(
      "a message of SNS about a subscription",
      it -> has(it, "Type", "TopicArn", "SubscribeURL"),
      "Confirm the subscription at the topic, and subscribe what SNS can deliver to."),
  INVOCATION(
      "the record of an invocation that succeeded",
      EventKind::isInvocation,
      "Send the event by itself; for what failed, the record of the failure."),
  LOAD_BALANCER(
      "a request of a load balancer",
      it -> it.at("/requestContext/elb").isObject(),
      "Call the HTTP API in the stack's outputs; a load balancer is not supported."),
  WEBSOCKET(
      "a message of a WebSocket API",
      it -> it.at("/requestContext/connectionId").isTextual(),
      "Call the HTTP API in the stack's outputs; a WebSocket API is not supported."),
  REST_REQUEST(
      "a request in the payload format 1.0, which REST APIs have",
      it -> it.has("httpMethod"),
      "Call the HTTP API in the stack's outputs, or set payload format 2.0 on an HTTP API of your"
          + " own; a REST API is not supported."),
  LATTICE(
      "a request of VPC Lattice",
      it -> it.has("raw_path") || it.at("/requestContext/serviceArn").isTextual(),
      "Call the HTTP API in the stack's outputs; VPC Lattice is not supported."),
  PIPE(
      "a batch of EventBridge Pipes",
      it -> it.isArray() && has(it.path(0), "eventSource"),
      "Let the queue invoke the function itself, as infra/template.yaml does."),
  STREAM(
      "a batch of a stream or a broker",
      it ->
          Stream.of("/eventSource", "/Records/0/eventSource")
                  .anyMatch(at -> it.at(at).asText().matches("aws:(kinesis|dynamodb|kafka|mq|rmq)"))
              || it.path("eventSource").asText().equals("SelfManagedKafka")
              || has(it, "deliveryStreamArn"),
      "Send migration events to the queue Migrations; streams are not supported."),
  LOGS(
      "a batch of CloudWatch Logs",
      it -> it.at("/awslogs/data").isTextual(),
      "Remove the subscription filter from the log group."),
  STEP_FUNCTIONS(
      "the context of a state machine",
      it -> has(it, "Execution", "StateMachine") || has(it.path("Context"), "Execution"),
      "Pass the migration event as the task's Payload, and not $$ or the whole context."),
  INNER_EVENT(
      "a migration event inside of another field",
      it ->
          !it.has("phoneNumberId") && innerEvents(it).anyMatch(inner -> inner.has("phoneNumberId")),
      "Send the migration event by itself."),
  S3_DETAIL(
      "the detail of an event of S3 through EventBridge",
      it -> it.at("/bucket/name").isTextual() && it.at("/object/key").isTextual(),
      "Let the rule's target have the whole event (matched event), and no part of it."),
  S3_BATCH(
      "a task of S3 Batch Operations",
      it -> has(it, "invocationSchemaVersion", "tasks"),
      "Upload the backups, or send a migration event for each of them."),
  CLOUD_EVENT("a CloudEvent", it -> has(it, "specversion", "data"), "Send its data by itself."),
  CUSTOM_RESOURCE(
      "a request of CloudFormation",
      it -> has(it, "RequestType", "ResponseURL"),
      "Take the custom resource out of the stack."),
  TEXT(
      "a text with JSON in it",
      it ->
          it.isTextual() && StrictJson.parse(it.textValue()).filter(JsonNode::isObject).isPresent(),
      "Send the JSON itself: it was turned into a text once too often."),
  OTHER("JSON of another form", it -> true);

  private final String words;
  private final Predicate<JsonNode> test;
  private final @Nullable String cure;

  EventKind(String words, Predicate<JsonNode> test) {
    this(words, test, null);
  }

  EventKind(String words, Predicate<JsonNode> test, @Nullable String cure) {
    this.words = words;
    this.test = test;
    this.cure = cure;
  }

  /** The kind of an event; OTHER where it is no JSON. */
  public static EventKind of(JsonNode event) {
    return Stream.of(values()).filter(kind -> kind.test.test(event)).findFirst().orElse(OTHER);
  }

  /**
   * What to say to an event of this kind at a function that takes another.
   *
   * @param otherwise the cure where the kind has none of its own
   */
  public InvalidInputException notFor(String function, String expected, String otherwise) {
    return new InvalidInputException(
        "the event",
        "is " + words + ", and " + function + " takes " + expected,
        cure == null ? otherwise : cure);
  }

  /**
   * The JSON that people write, where it is that.
   *
   * @param function whoever takes it
   * @param expected what it takes
   * @param otherwise the cure where the event is of a kind that has none of its own
   * @throws InvalidInputException if it is of any kind that another program makes
   */
  public static JsonNode only(Payload event, String function, String expected, String otherwise) {
    EventKind kind = of(event.usable());
    if (kind != OTHER) {
      throw kind.notFor(function, expected, otherwise);
    }
    return event.json();
  }

  /** What stands in the fields in which services put an event. */
  static Stream<JsonNode> innerEvents(JsonNode event) {
    return Stream.of("input", "Input", "Payload", "payload").filter(event::has).map(event::path);
  }

  private static boolean isRecord(JsonNode event, String source) {
    return event.at("/Records/0/eventSource").asText().equals(source);
  }

  private static boolean isInvocation(JsonNode event) {
    return has(event, "requestPayload") && event.at("/requestContext/functionArn").isTextual();
  }

  private static boolean has(JsonNode event, String... fields) {
    return Stream.of(fields).allMatch(event::has);
  }
}
