package dev.numberferry.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.event.SqsMessage;
import dev.numberferry.migration.MessageWaits;
import dev.numberferry.migration.UnfinishedException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The answer to a batch of queue messages: those that must be delivered again. Source: Lambda's
 * page on errors of an SQS event source.
 */
@RegisterForReflection
public record SqsBatchResponse(List<BatchItemFailure> batchItemFailures) {

  private static final Logger LOG = Logger.getLogger(SqsBatchResponse.class);

  /**
   * Handles each message by itself.
   *
   * @param waits for those that have to come again
   * @param handler fails where a message has to come again
   */
  static SqsBatchResponse handle(JsonNode event, MessageWaits waits, Consumer<SqsMessage> handler) {
    List<BatchItemFailure> failures = new ArrayList<>();
    for (JsonNode record : event.path("Records")) {
      SqsMessage message = SqsMessage.of(record);
      String id = message.id();
      try {
        handler.accept(message);
      } catch (NotBegunException e) {
        // Its queue's own time will do: asking the queue takes time as well.
        LOG.warnf("Message %s is not begun: %s", id, e.getMessage());
        failures.add(new BatchItemFailure(id));
      } catch (UnfinishedException e) {
        waits.set(message.inQueue(), Optional.of(e.result()));
        failures.add(new BatchItemFailure(id));
      } catch (RuntimeException e) {
        Failures.told(e);
        waits.set(message.inQueue(), Optional.empty());
        failures.add(new BatchItemFailure(id));
      }
    }
    return new SqsBatchResponse(failures);
  }

  /**
   * A message of a batch that must be delivered again.
   *
   * @param itemIdentifier the message's id
   */
  @RegisterForReflection
  public record BatchItemFailure(String itemIdentifier) {}
}
