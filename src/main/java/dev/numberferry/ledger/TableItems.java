package dev.numberferry.ledger;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.StoreException;
import dev.numberferry.support.DryCall;
import dev.numberferry.support.Machine;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** The items of the ledger's table, each read and written as a whole, whatever is in it. */
@ApplicationScoped
class TableItems {

  private static final int TRIES = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

  /**
   * Items as they were read.
   *
   * @param byKey those that there are
   * @param now the table's own time
   */
  record Found(Map<String, Map<String, AttributeValue>> byKey, Instant now) {

    Optional<Map<String, AttributeValue>> item(String key) {
      return Optional.ofNullable(byKey.get(key));
    }
  }

  private final FerryConfig config;
  private final DynamoDbClient dynamo;
  private final TableClock clock;
  private final Machine machine;

  TableItems(FerryConfig config, DynamoDbClient dynamo, TableClock clock, Machine machine) {
    this.config = config;
    this.dynamo = dynamo;
    this.clock = clock;
    this.machine = machine;
  }

  /**
   * @throws StoreException if the table cannot be read
   */
  Found read(String key) {
    try {
      var answer =
          dynamo.getItem(
              it -> it.tableName(config.ledgerTable()).key(key(key)).consistentRead(true));
      return new Found(
          answer.hasItem() ? Map.of(key, answer.item()) : Map.of(), clock.timeOf(answer));
    } catch (SdkException e) {
      throw failure("dynamodb:GetItem", e);
    }
  }

  /**
   * Reads two items in one call. DynamoDB may leave some of them unread where it has too much to
   * do, and says so: then it is asked again.
   *
   * @throws StoreException if the table cannot be read
   */
  Found read(String one, String other) {
    try {
      List<Map<String, AttributeValue>> both = List.of(key(one), key(other));
      BatchGetItemResponse answer = batch(both);
      for (int i = 1; !answer.unprocessedKeys().isEmpty() && i < TRIES; i++) {
        machine.pause(FIRST_PAUSE.multipliedBy(1L << i));
        answer = batch(both);
      }
      if (!answer.unprocessedKeys().isEmpty()) {
        throw leftUnread();
      }
      return new Found(
          answer.responses().getOrDefault(config.ledgerTable(), List.of()).stream()
              .collect(
                  Collectors.toMap(
                      it -> ItemAttributes.of(it, ItemAttributes.NUMBER).s(), it -> it)),
          clock.timeOf(answer));
    } catch (SdkException e) {
      throw failure("dynamodb:BatchGetItem", e);
    }
  }

  /**
   * Reads many items in one call, or in more where DynamoDB leaves some of them unread: what was
   * not handed over is asked for again.
   *
   * @param keys 100 at the most, each once
   * @param each gets the items that there are, in any order
   * @throws StoreException if the table cannot be read
   */
  void readEach(List<String> keys, Consumer<Map<String, AttributeValue>> each) {
    try {
      List<Map<String, AttributeValue>> left = keys.stream().map(TableItems::key).toList();
      int inVain = 0;
      while (true) {
        BatchGetItemResponse answer = batch(left);
        List<Map<String, AttributeValue>> items =
            answer.responses().getOrDefault(config.ledgerTable(), List.of());
        items.forEach(each);
        left =
            answer.unprocessedKeys().values().stream().flatMap(it -> it.keys().stream()).toList();
        if (left.isEmpty()) {
          return;
        }
        inVain = items.isEmpty() ? inVain + 1 : 0;
        if (inVain == TRIES) {
          throw leftUnread();
        }
        machine.pause(FIRST_PAUSE.multipliedBy(1L << inVain));
      }
    } catch (SdkException e) {
      throw failure("dynamodb:BatchGetItem", e);
    }
  }

  private BatchGetItemResponse batch(List<Map<String, AttributeValue>> keys) {
    KeysAndAttributes all = KeysAndAttributes.builder().keys(keys).consistentRead(true).build();
    return dynamo.batchGetItem(it -> it.requestItems(Map.of(config.ledgerTable(), all)));
  }

  private StoreException leftUnread() {
    return new StoreException(
        "dynamodb:BatchGetItem on table " + config.ledgerTable() + " left keys unread",
        "Nothing was sent: send the same event again in a minute.");
  }

  /**
   * Writes an item if no other writer has changed it since it was read.
   *
   * @param revision of the item as it was read; 0 where there was none
   * @return whether it now stands there
   * @throws StoreException if it is not known whether it was written
   */
  boolean write(Map<String, AttributeValue> item, long revision) {
    AttributeValue writer = ItemAttributes.text(machine.newId());
    try {
      dynamo.putItem(request(item, writer, revision).build());
      return true;
    } catch (ConditionalCheckFailedException e) {
      // The SDK repeats a write whose answer was lost: then it is this very write that it met.
      return e.hasItem() && writer.equals(e.item().get(ItemAttributes.WRITER));
    } catch (SdkException e) {
      throw failure("dynamodb:PutItem", e);
    }
  }

  /** Makes the client ready by a write that is never sent. */
  void writeDry(Map<String, AttributeValue> item) throws IOException {
    AttributeValue nobody = ItemAttributes.text("none");
    DryCall.make(
        dry -> dynamo.putItem(request(item, nobody, 0).overrideConfiguration(dry).build()));
  }

  private PutItemRequest.Builder request(
      Map<String, AttributeValue> item, AttributeValue writer, long revision) {
    Map<String, AttributeValue> signed =
        Stream.concat(item.entrySet().stream(), Stream.of(Map.entry(ItemAttributes.WRITER, writer)))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return PutItemRequest.builder()
        .tableName(config.ledgerTable())
        .item(signed)
        .conditionExpression("attribute_not_exists(#n) OR #r = :r")
        .expressionAttributeNames(
            Map.of("#n", ItemAttributes.NUMBER, "#r", ItemAttributes.REVISION))
        .expressionAttributeValues(Map.of(":r", ItemAttributes.number(revision)))
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
  }

  private static Map<String, AttributeValue> key(String key) {
    return Map.of(ItemAttributes.NUMBER, ItemAttributes.text(key));
  }

  private StoreException failure(String permission, SdkException e) {
    return TableErrors.of(permission, config.ledgerTable(), e);
  }
}
