package dev.numberferry.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/**
 * How an event came in.
 *
 * @param trigger which way
 * @param requestedBy who asked for it, where the event or its message tells: kept in the ledger,
 *     and told nobody
 * @param sentBy who put it on its queue, as SQS itself knows it; kept as that is
 * @param upload the upload that started it, where one did
 * @param message the queue's message that brought it; nothing where it did not come through a queue
 */
@RecordBuilder
public record Delivery(
    Trigger trigger,
    Optional<String> requestedBy,
    Optional<String> sentBy,
    Optional<Upload> upload,
    Optional<QueueMessage> message)
    implements DeliveryBuilder.With {

  /** A delivery that no upload started and no queue brought. */
  public static Delivery of(Trigger trigger) {
    return DeliveryBuilder.builder().trigger(trigger).build();
  }

  /** Whether a failure makes its message come again. */
  public boolean isFromQueue() {
    return message.isPresent();
  }
}
