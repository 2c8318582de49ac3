package dev.numberferry.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.simulation.Call.Done;
import dev.numberferry.standin.DynamoStandIn;
import dev.numberferry.standin.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** The model of the table answers as DynamoDB Local does, whatever is asked in whatever order. */
class TableTest {

  private static final DynamoStandIn DYNAMO = new DynamoStandIn();
  private static final List<String> KEYS = List.of("1", "2", "#brake");

  private final ModelledTable table = new ModelledTable();
  private final DynamoDbClient model = new DynamoModel(table);

  /** Makes each call at once, and without a fault. */
  private static final class ModelledTable implements Remote {

    private Outside outside = Outside.EMPTY;

    @Override
    public Object ask(Call call) {
      Done done = call.on(outside);
      outside = done.outside();
      return done.answer().orElseThrow();
    }

    @Override
    public Instant now() {
      return outside.now();
    }

    @Override
    public String process() {
      return "test";
    }
  }

  @BeforeAll
  static void start() {
    DYNAMO.start();
  }

  @AfterAll
  static void stop() {
    DYNAMO.close();
  }

  @BeforeEach
  void empty() {
    DYNAMO.reset();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theModelAnswersAsDynamoDbDoes(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 150; i++) {
      Map<String, AttributeValue> item = item(random);
      long revision = random.nextInt(3);
      int operation = random.nextInt(4);

      assertThat(answer(model, operation, item, revision))
          .as("operation %s of seed %s", i, seed)
          .isEqualTo(answer(DYNAMO.client(), operation, item, revision));
    }
  }

  private static Map<String, AttributeValue> item(Random random) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("phoneNumberId", AttributeValue.fromS(KEYS.get(random.nextInt(KEYS.size()))));
    item.put("revision", AttributeValue.fromN(String.valueOf(random.nextInt(3))));
    item.put("entry", AttributeValue.fromS("{\"attempts\": []}"));
    if (random.nextBoolean()) {
      item.put("due", AttributeValue.fromS("due"));
      item.put("dueAt", AttributeValue.fromN(String.valueOf(random.nextInt(1_000_000))));
    }
    return item;
  }

  private static Object answer(
      DynamoDbClient dynamo, int operation, Map<String, AttributeValue> item, long revision) {
    Map<String, AttributeValue> key = Map.of("phoneNumberId", item.get("phoneNumberId"));
    return switch (operation) {
      case 0 -> put(dynamo, item, revision);
      case 1 ->
          dynamo.getItem(it -> it.tableName(Sample.LEDGER).key(key).consistentRead(true)).item();
      case 2 -> both(dynamo, key);
      default -> due(dynamo);
    };
  }

  /** The write as {@code TableItems} makes it. */
  private static Object put(
      DynamoDbClient dynamo, Map<String, AttributeValue> item, long revision) {
    try {
      dynamo.putItem(
          it ->
              it.tableName(Sample.LEDGER)
                  .item(item)
                  .conditionExpression("attribute_not_exists(#n) OR #r = :r")
                  .expressionAttributeNames(Map.of("#n", "phoneNumberId", "#r", "revision"))
                  .expressionAttributeValues(
                      Map.of(":r", AttributeValue.fromN(String.valueOf(revision))))
                  .returnValuesOnConditionCheckFailure(
                      ReturnValuesOnConditionCheckFailure.ALL_OLD));
      return "written";
    } catch (ConditionalCheckFailedException e) {
      return e.item();
    }
  }

  private static Object both(DynamoDbClient dynamo, Map<String, AttributeValue> key) {
    Map<String, AttributeValue> brake = Map.of("phoneNumberId", AttributeValue.fromS("#brake"));
    KeysAndAttributes keys =
        KeysAndAttributes.builder()
            .keys(key.equals(brake) ? List.of(key) : List.of(key, brake))
            .consistentRead(true)
            .build();
    var answer = dynamo.batchGetItem(it -> it.requestItems(Map.of(Sample.LEDGER, keys)));
    return Set.copyOf(answer.responses().get(Sample.LEDGER));
  }

  private static Object due(DynamoDbClient dynamo) {
    List<Map<String, AttributeValue>> due = new ArrayList<>();
    dynamo
        .queryPaginator(
            it ->
                it.tableName(Sample.LEDGER)
                    .indexName("due")
                    .keyConditionExpression("#d = :d")
                    .expressionAttributeNames(Map.of("#d", "due"))
                    .expressionAttributeValues(Map.of(":d", AttributeValue.fromS("due")))
                    .limit(2))
        .items()
        .forEach(due::add);
    return due;
  }
}
