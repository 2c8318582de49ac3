package dev.numberferry.simulation;

import dev.numberferry.simulation.Call.Done;
import dev.numberferry.simulation.Call.Service;
import dev.numberferry.simulation.Table.Condition;
import dev.numberferry.simulation.Table.Put;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** DynamoDB as a process sees it; any other operation is one that a client does not have. */
class DynamoModel implements DynamoDbClient {

  private static final String KEY = "phoneNumberId";
  private static final Map<Instant, SdkHttpResponse> DATED = new HashMap<>();

  private final Remote remote;

  DynamoModel(Remote remote) {
    this.remote = remote;
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    Map<String, Item> found = read("GetItem", List.of(request.key().get(KEY).s()));
    GetItemResponse.Builder answer = GetItemResponse.builder();
    found.values().forEach(it -> answer.item(it.attributes()));
    answer.sdkHttpResponse(dated());
    return answer.build();
  }

  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    var asked = request.requestItems().entrySet().iterator().next();
    List<String> keys = asked.getValue().keys().stream().map(it -> it.get(KEY).s()).toList();
    Map<String, Item> found = read("BatchGetItem", keys);
    BatchGetItemResponse.Builder answer =
        BatchGetItemResponse.builder()
            .responses(
                Map.of(asked.getKey(), found.values().stream().map(Item::attributes).toList()))
            .unprocessedKeys(Map.of());
    answer.sdkHttpResponse(dated());
    return answer.build();
  }

  @SuppressWarnings("unchecked")
  private Map<String, Item> read(String operation, List<String> keys) {
    return (Map<String, Item>)
        Models.ask(
            remote,
            Call.read(
                Service.LEDGER, operation + " " + keys, Models.answer(it -> items(it, keys))));
  }

  private static Map<String, Item> items(Outside outside, List<String> keys) {
    Map<String, Item> found = new HashMap<>();
    keys.forEach(key -> outside.table().get(key).ifPresent(it -> found.put(key, it)));
    return found;
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    Item item = new Item(request.item());
    Condition condition =
        new Condition(
            request.conditionExpression(),
            request.expressionAttributeNames(),
            request.expressionAttributeValues());
    Call call =
        Call.write(Service.LEDGER, () -> "PutItem " + item.words(), it -> put(it, item, condition));
    Put put = (Put) Models.ask(remote, item.isBrake() ? call : call.about(item.key()));
    if (!put.done()) {
      throw ConditionalCheckFailedException.builder()
          .item(put.met().map(Item::attributes).orElse(null))
          .statusCode(400)
          .build();
    }
    return PutItemResponse.builder().build();
  }

  private static Done put(Outside outside, Item item, Condition condition) {
    Put put = outside.table().put(item, condition);
    return Done.of(put.done() ? outside.with(item) : outside, put);
  }

  @Override
  @SuppressWarnings("unchecked")
  public QueryResponse query(QueryRequest request) {
    List<Item> due =
        (List<Item>)
            Models.ask(
                remote, Call.read(Service.LEDGER, "Query", Models.answer(it -> it.table().due())));
    QueryResponse.Builder answer =
        QueryResponse.builder()
            .items(due.stream().map(DynamoModel::keys).toList())
            .count(due.size());
    answer.sdkHttpResponse(dated());
    return answer.build();
  }

  @Override
  public DescribeTableResponse describeTable(DescribeTableRequest request) {
    Models.ask(remote, Call.read(Service.LEDGER_FORM, "DescribeTable", Models.answer(it -> true)));
    return DescribeTableResponse.builder().table(LedgerForm.TABLE).build();
  }

  /** The table as the template has it. */
  private static final class LedgerForm {

    @SuppressWarnings("unchecked")
    private static final TableDescription TABLE =
        TableDescription.builder()
            .attributeDefinitions(
                attribute(KEY, "S"), attribute("due", "S"), attribute("dueAt", "N"))
            .keySchema(key(KEY, KeyType.HASH))
            .globalSecondaryIndexes(
                it ->
                    it.indexName("due")
                        .keySchema(key("due", KeyType.HASH), key("dueAt", KeyType.RANGE)))
            .build();

    private static AttributeDefinition attribute(String name, String type) {
      return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
      return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
  }

  /** What the index has of an item. */
  private static Map<String, AttributeValue> keys(Item item) {
    Map<String, AttributeValue> keys = new HashMap<>(item.attributes());
    keys.keySet().retainAll(List.of(KEY, "due", "dueAt"));
    return keys;
  }

  private SdkHttpResponse dated() {
    return DATED.computeIfAbsent(remote.now(), DynamoModel::dated);
  }

  private static SdkHttpResponse dated(Instant now) {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
    return SdkHttpResponse.builder().statusCode(200).putHeader("Date", date).build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
