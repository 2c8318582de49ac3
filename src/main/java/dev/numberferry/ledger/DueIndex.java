package dev.numberferry.ledger;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.StoreException;
import dev.numberferry.support.AwsErrors;
import dev.numberferry.support.Deadline;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** The table's index of the numbers that a sweep has to look at. */
@ApplicationScoped
class DueIndex {

  private static final Logger LOG = Logger.getLogger(DueIndex.class);
  private static final int PAGE = 200;

  private final FerryConfig config;
  private final DynamoDbClient dynamo;
  private final TableClock clock;

  DueIndex(FerryConfig config, DynamoDbClient dynamo, TableClock clock) {
    this.config = config;
    this.dynamo = dynamo;
    this.clock = clock;
  }

  /**
   * The numbers that are due by now, by the ledger's own clock, the longest due first.
   *
   * @param deadline when to read no further
   * @throws StoreException if the table cannot be read
   */
  List<PhoneNumberId> due(Deadline deadline) {
    List<PhoneNumberId> due = new ArrayList<>();
    try {
      for (QueryResponse page : pages()) {
        Instant now = clock.timeOf(page);
        for (Map<String, AttributeValue> item : page.items()) {
          if (dueAt(item).isAfter(now)) {
            return due;
          }
          number(item).ifPresent(due::add);
        }
        if (deadline.isOver()) {
          LOG.warn("No time to read on: the rest is left to the next sweep");
          break;
        }
      }
    } catch (SdkException e) {
      throw AwsErrors.of("dynamodb:Query", "table " + config.ledgerTable(), e);
    }
    return due;
  }

  private Iterable<QueryResponse> pages() {
    return dynamo.queryPaginator(
        it ->
            it.tableName(config.ledgerTable())
                .indexName(ItemAttributes.DUE)
                .keyConditionExpression("#d = :d")
                .expressionAttributeNames(Map.of("#d", ItemAttributes.DUE))
                .expressionAttributeValues(Map.of(":d", ItemAttributes.text(ItemAttributes.DUE)))
                .limit(PAGE));
  }

  private static Instant dueAt(Map<String, AttributeValue> item) {
    return Instant.ofEpochSecond(
        Long.parseLong(ItemAttributes.of(item, ItemAttributes.DUE_AT).n()));
  }

  private static Optional<PhoneNumberId> number(Map<String, AttributeValue> item) {
    String key = ItemAttributes.of(item, ItemAttributes.NUMBER).s();
    try {
      return Optional.of(PhoneNumberId.stored(key));
    } catch (InvalidInputException e) {
      LOG.warnf("Passed over, as its key is no number: %s", key);
      return Optional.empty();
    }
  }
}
