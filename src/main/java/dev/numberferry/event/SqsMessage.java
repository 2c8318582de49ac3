package dev.numberferry.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.DeliveryBuilder;
import dev.numberferry.domain.QueueMessage;
import dev.numberferry.domain.Trigger;
import java.time.Instant;
import java.util.Optional;

/**
 * A message of a queue, as Lambda hands it on.
 *
 * @param requestedBy who asked for what is in it, as whoever sent it says: the API does, and
 *     anybody else who may send to the queue can say so as well
 * @param sentBy who that was, where SQS tells
 */
public record SqsMessage(
    Payload body, Optional<String> requestedBy, Optional<String> sentBy, QueueMessage inQueue) {

  public static SqsMessage of(JsonNode record) {
    return new SqsMessage(
        Payload.of(record.path("body").asText()),
        Requester.by(record, "/messageAttributes/" + QueueMessage.REQUESTED_BY + "/stringValue"),
        Requester.by(record, "/attributes/SenderId"),
        new QueueMessage(
            record.path("messageId").asText(),
            record.path("eventSourceARN").asText(),
            record.path("receiptHandle").asText(),
            Math.max(1, record.at("/attributes/ApproximateReceiveCount").asInt(1)),
            sentAt(record)));
  }

  private static Optional<Instant> sentAt(JsonNode record) {
    return Optional.of(record.at("/attributes/SentTimestamp").asLong())
        .filter(it -> it > 0)
        .map(Instant::ofEpochMilli);
  }

  public String id() {
    return inQueue.id();
  }

  /** How an event that is in it came. */
  public Delivery delivery(Trigger trigger) {
    return DeliveryBuilder.builder()
        .trigger(trigger)
        .requestedBy(requestedBy)
        .sentBy(sentBy)
        .message(Optional.of(inQueue))
        .build();
  }
}
