package dev.numberferry.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.migration.UnfinishedException;
import dev.numberferry.support.StrictJson;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The answer to a batch of queue messages: those that must be delivered again. Source: Lambda's
 * page on errors of an SQS event source.
 */
@RegisterForReflection
public record SqsBatchResponse(List<Failure> batchItemFailures) {

  private static final Logger LOG = Logger.getLogger(SqsBatchResponse.class);

  /** A message that must be delivered again. */
  @RegisterForReflection
  public record Failure(String itemIdentifier) {}

  /**
   * Handles each message by itself.
   *
   * @param handler gets each message's JSON, or null where it is none
   */
  static SqsBatchResponse handle(JsonNode event, Consumer<JsonNode> handler) {
    List<Failure> failures = new ArrayList<>();
    for (JsonNode message : event.path("Records")) {
      String id = message.path("messageId").asText();
      try {
        handler.accept(StrictJson.parse(message.path("body").asText()).orElse(null));
      } catch (UnfinishedException e) {
        LOG.warnf("Message %s has to come again: %s", id, e.getMessage());
        failures.add(new Failure(id));
      } catch (RuntimeException e) {
        // Its text may quote the message; the place where it was thrown is enough.
        LOG.errorf("Message %s failed: %s at %s", id, e.getClass().getName(), e.getStackTrace()[0]);
        failures.add(new Failure(id));
      }
    }
    return new SqsBatchResponse(failures);
  }
}
