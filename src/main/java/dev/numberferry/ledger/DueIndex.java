package dev.numberferry.ledger;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.StoreException;
import dev.numberferry.support.Deadline;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * The table's index of the numbers that a sweep has to look at. A table that somebody has handed to
 * the stack may be none that a ledger can stand in: it is asked once what it is.
 */
@ApplicationScoped
class DueIndex {

  private static final Logger LOG = Logger.getLogger(DueIndex.class);
  private static final int PAGE = 200;

  private final FerryConfig config;
  private final DynamoDbClient dynamo;
  private final TableClock clock;
  private volatile boolean isLedger;

  DueIndex(FerryConfig config, DynamoDbClient dynamo, TableClock clock) {
    this.config = config;
    this.dynamo = dynamo;
    this.clock = clock;
  }

  /**
   * The numbers that are due by now, by the ledger's own clock, the longest due first.
   *
   * @param deadline when to read no further
   * @throws StoreException if the table cannot be read, or is known to be no ledger
   */
  List<PhoneNumberId> due(Deadline deadline) {
    requireLedger();
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
      throw TableErrors.of("dynamodb:Query", config.ledgerTable(), e);
    }
    return due;
  }

  /** Where the table does not tell, that keeps no number from being settled. */
  private void requireLedger() {
    if (isLedger) {
      return;
    }
    String table = config.ledgerTable();
    try {
      String wrong = LedgerForm.missedBy(dynamo.describeTable(it -> it.tableName(table)).table());
      if (!wrong.isEmpty()) {
        throw TableErrors.notALedger(table, "is no ledger: " + wrong);
      }
      isLedger = true;
    } catch (ResourceNotFoundException e) {
      throw TableErrors.notALedger(table, "does not exist");
    } catch (SdkException e) {
      StoreException failure = TableErrors.of("dynamodb:DescribeTable", table, e);
      LOG.warnf("Not known whether the table is a ledger: %s", failure.getMessage());
    }
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

  /** The keys that the table and its index must have, with the types of their attributes. */
  private static final class LedgerForm {

    private static final String KEY = ItemAttributes.NUMBER + " (S)";
    private static final String INDEX_KEY =
        ItemAttributes.DUE + " (S), " + ItemAttributes.DUE_AT + " (N)";

    private LedgerForm() {}

    /** What is wrong with a table, in words; nothing where a ledger can stand in it. */
    static String missedBy(TableDescription table) {
      return Stream.of(wrongKey(table), wrongIndex(table))
          .flatMap(Optional::stream)
          .collect(Collectors.joining("; "));
    }

    private static Optional<String> wrongKey(TableDescription table) {
      return unlike(KEY, "its key", shown(table, table.keySchema()));
    }

    private static Optional<String> wrongIndex(TableDescription table) {
      return table.globalSecondaryIndexes().stream()
          .filter(it -> it.indexName().equals(ItemAttributes.DUE))
          .findFirst()
          .map(it -> unlike(INDEX_KEY, "the key of its index due", shown(table, it.keySchema())))
          .orElse(Optional.of("it has no index due"));
    }

    private static Optional<String> unlike(String wanted, String what, String found) {
      return found.equals(wanted)
          ? Optional.empty()
          : Optional.of("%s is %s and not %s".formatted(what, found, wanted));
    }

    private static String shown(TableDescription table, List<KeySchemaElement> key) {
      Map<String, String> types =
          table.attributeDefinitions().stream()
              .collect(
                  Collectors.toMap(
                      AttributeDefinition::attributeName,
                      AttributeDefinition::attributeTypeAsString));
      return key.stream()
          .map(KeySchemaElement::attributeName)
          .map(it -> "%s (%s)".formatted(it, types.get(it)))
          .collect(Collectors.joining(", "));
    }
  }
}
