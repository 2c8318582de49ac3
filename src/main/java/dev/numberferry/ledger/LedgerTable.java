package dev.numberferry.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.numberferry.FerryConfig;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.StoreException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * The ledger in a DynamoDB table: one item a number, written as a whole on top of the revision that
 * was read. {@code due} and {@code dueAt} stand only in items that somebody has to look at, so that
 * the index {@code due} holds those and no others.
 */
@ApplicationScoped
class LedgerTable implements Ledger {

  private static final String NUMBER = "phoneNumberId";
  private static final String REVISION = "revision";
  private static final String WRITER = "writer";
  private static final String ENTRY = "entry";
  private static final String DUE = "due";
  private static final String DUE_AT = "dueAt";
  private static final String EXPIRES_AT = "expiresAt";

  /** How many numbers one sweep looks at; the rest is for the next. */
  private static final int BATCH = 200;

  private final FerryConfig config;
  private final DynamoDbClient dynamo;
  private final ObjectMapper json;
  private final Clock clock;

  LedgerTable(FerryConfig config, DynamoDbClient dynamo, ObjectMapper json, Clock clock) {
    this.config = config;
    this.dynamo = dynamo;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public LedgerSnapshot read(PhoneNumberId number) {
    try {
      var answer =
          dynamo.getItem(
              it ->
                  it.tableName(table())
                      .key(Map.of(NUMBER, text(number.value())))
                      .consistentRead(true));
      LedgerEntry entry =
          answer.hasItem() ? entry(number, answer.item()) : LedgerEntry.empty(number);
      return new LedgerSnapshot(entry, LedgerTime.of(timeOf(answer)));
    } catch (SdkException e) {
      throw failure("dynamodb:GetItem", e);
    }
  }

  @Override
  public boolean write(LedgerEntry entry, Instant now) {
    String writer = UUID.randomUUID().toString();
    try {
      dynamo.putItem(
          it ->
              it.tableName(table())
                  .item(item(entry, writer, now))
                  .conditionExpression("attribute_not_exists(#n) OR #r = :r")
                  .expressionAttributeNames(Map.of("#n", NUMBER, "#r", REVISION))
                  .expressionAttributeValues(Map.of(":r", number(entry.revision())))
                  .returnValuesOnConditionCheckFailure(
                      ReturnValuesOnConditionCheckFailure.ALL_OLD));
      return true;
    } catch (ConditionalCheckFailedException e) {
      // The SDK repeats a write whose answer was lost: then it is this very write that it met.
      return e.hasItem() && text(writer).equals(e.item().get(WRITER));
    } catch (SdkException e) {
      throw failure("dynamodb:PutItem", e);
    }
  }

  @Override
  public List<PhoneNumberId> due() {
    try {
      return dynamo
          .query(
              it ->
                  it.tableName(table())
                      .indexName(DUE)
                      .keyConditionExpression("#d = :d")
                      .expressionAttributeNames(Map.of("#d", DUE))
                      .expressionAttributeValues(Map.of(":d", text(DUE)))
                      .limit(BATCH))
          .items()
          .stream()
          .map(item -> new PhoneNumberId(item.get(NUMBER).s()))
          .toList();
    } catch (SdkException e) {
      throw failure("dynamodb:Query", e);
    }
  }

  private Map<String, AttributeValue> item(LedgerEntry entry, String writer, Instant now) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(NUMBER, text(entry.number().value()));
    item.put(REVISION, number(entry.revision() + 1));
    item.put(WRITER, text(writer));
    item.put(ENTRY, text(write(entry)));
    item.put(EXPIRES_AT, number(now.plus(config.ledgerTtl()).getEpochSecond()));
    entry
        .due(now, config.longestRun())
        .ifPresent(
            due -> {
              item.put(DUE, text(DUE));
              item.put(DUE_AT, number(due.getEpochSecond()));
            });
    return item;
  }

  private String write(LedgerEntry entry) {
    try {
      return json.writeValueAsString(new LedgerItem(entry.attempts(), entry.last()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An entry is plain data and can be written", e);
    }
  }

  private LedgerEntry entry(PhoneNumberId number, Map<String, AttributeValue> item) {
    try {
      LedgerItem stored = json.readValue(item.get(ENTRY).s(), LedgerItem.class);
      long revision = Long.parseLong(item.get(REVISION).n());
      return new LedgerEntry(number, revision, stored.attempts(), stored.last());
    } catch (JsonProcessingException e) {
      throw StoreException.unreadable("the ledger's entry of number " + number);
    }
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
    return StoreException.of(permission, "table " + table(), e);
  }

  private String table() {
    return config.ledgerTable().orElseThrow();
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
