package dev.numberferry.ledger;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.StoreException;
import dev.numberferry.support.AwsErrors;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** The ledger's DynamoDB table: one item a number, written as a whole over the revision read. */
@ApplicationScoped
class LedgerTable {

  /** How many numbers one sweep looks at; the rest is for the next. */
  private static final int BATCH = 200;

  private final FerryConfig config;
  private final DynamoDbClient dynamo;
  private final LedgerItem mapping;
  private final Clock clock;

  LedgerTable(FerryConfig config, DynamoDbClient dynamo, LedgerItem mapping, Clock clock) {
    this.config = config;
    this.dynamo = dynamo;
    this.mapping = mapping;
    this.clock = clock;
  }

  /**
   * @throws StoreException if the table cannot be read
   */
  LedgerSnapshot read(PhoneNumberId number) {
    try {
      var answer =
          dynamo.getItem(
              it ->
                  it.tableName(config.ledgerTable())
                      .key(Map.of(LedgerItem.NUMBER, LedgerItem.text(number.value())))
                      .consistentRead(true));
      return answer.hasItem()
          ? LedgerSnapshot.heard(
              mapping.read(number, answer.item()),
              LedgerItem.revision(answer.item()),
              timeOf(answer))
          : LedgerSnapshot.heard(LedgerEntry.empty(number), 0, timeOf(answer));
    } catch (SdkException e) {
      throw failure("dynamodb:GetItem", e);
    }
  }

  /**
   * Writes an entry if no other writer has changed it since it was read.
   *
   * @return the entry as it now stands, or nothing where another writer has changed it
   * @throws StoreException if it is not known whether it was written
   */
  Optional<LedgerSnapshot> write(LedgerSnapshot read, LedgerEntry next) {
    AttributeValue writer = LedgerItem.text(UUID.randomUUID().toString());
    try {
      dynamo.putItem(
          it ->
              it.tableName(config.ledgerTable())
                  .item(item(read, next, writer))
                  .conditionExpression("attribute_not_exists(#n) OR #r = :r")
                  .expressionAttributeNames(
                      Map.of("#n", LedgerItem.NUMBER, "#r", LedgerItem.REVISION))
                  .expressionAttributeValues(Map.of(":r", LedgerItem.number(read.revision())))
                  .returnValuesOnConditionCheckFailure(
                      ReturnValuesOnConditionCheckFailure.ALL_OLD));
      return Optional.of(read.written(next));
    } catch (ConditionalCheckFailedException e) {
      // The SDK repeats a write whose answer was lost: then it is this very write that it met.
      return e.hasItem() && writer.equals(e.item().get(LedgerItem.WRITER))
          ? Optional.of(read.written(next))
          : Optional.empty();
    } catch (SdkException e) {
      throw failure("dynamodb:PutItem", e);
    }
  }

  /**
   * The numbers that a sweep has to look at, now or soon, the longest due first.
   *
   * @throws StoreException if the table cannot be read
   */
  List<PhoneNumberId> due() {
    try {
      return dynamo
          .query(
              it ->
                  it.tableName(config.ledgerTable())
                      .indexName(LedgerItem.DUE)
                      .keyConditionExpression("#d = :d")
                      .expressionAttributeNames(Map.of("#d", LedgerItem.DUE))
                      .expressionAttributeValues(Map.of(":d", LedgerItem.text(LedgerItem.DUE)))
                      .limit(BATCH))
          .items()
          .stream()
          .map(item -> PhoneNumberId.stored(item.get(LedgerItem.NUMBER).s()))
          .toList();
    } catch (SdkException e) {
      throw failure("dynamodb:Query", e);
    }
  }

  /** The size of an entry as it is kept, in bytes. */
  int size(LedgerEntry entry) {
    return mapping.size(entry);
  }

  private Map<String, AttributeValue> item(
      LedgerSnapshot read, LedgerEntry next, AttributeValue writer) {
    Instant now = read.now();
    Map<String, AttributeValue> item =
        mapping.write(
            next,
            read.revision() + 1,
            next.due(now, config.longestRun()),
            now.plus(config.ledgerTtl()));
    item.put(LedgerItem.WRITER, writer);
    return item;
  }

  /** DynamoDB's own clock, to the second; this machine's where an answer does not tell it. */
  private Instant timeOf(AwsResponse answer) {
    try {
      return answer
          .sdkHttpResponse()
          .firstMatchingHeader("Date")
          .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
          .orElseGet(clock::instant);
    } catch (DateTimeException e) {
      return clock.instant();
    }
  }

  private StoreException failure(String permission, SdkException e) {
    return AwsErrors.of(permission, "table " + config.ledgerTable(), e);
  }
}
