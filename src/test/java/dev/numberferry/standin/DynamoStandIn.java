package dev.numberferry.standin;

import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** DynamoDB Local in memory on a loopback port, with the ledger's table as the template has it. */
public final class DynamoStandIn implements AutoCloseable {

  private DynamoDBProxyServer server;
  private DynamoDbClient client;
  private int port;
  private boolean changed;

  public void start() {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      // Not by its ServerRunner, which starts by setting up telemetry.
      boolean inMemory = true;
      boolean sharedDb = true;
      server =
          new DynamoDBProxyServer(
              port,
              new LocalDynamoDBServerHandler(
                  new LocalDynamoDBRequestHandler(0, inMemory, null, sharedDb, false), null));
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local did not start", e);
    }
    client =
        DynamoDbClient.builder()
            .endpointOverride(URI.create(url()))
            .region(Region.EU_CENTRAL_1)
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("standin", "standin")))
            .build();
    createTable();
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Its client. */
  public DynamoDbClient client() {
    return client;
  }

  /** Forgets every number. */
  public void reset() {
    if (changed || !items().isEmpty()) {
      dropTable();
      createTable();
      changed = false;
    }
  }

  /** There is no table until the next reset. */
  void remove() {
    changed = true;
    dropTable();
  }

  /** Its table is not the template's until the next reset: it has another key, and no index. */
  void hasAnotherTable() {
    remove();
    client.createTable(
        it ->
            it.tableName(Sample.LEDGER)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute("id", ScalarAttributeType.S))
                .keySchema(key("id", KeyType.HASH)));
  }

  private void dropTable() {
    try {
      client.deleteTable(it -> it.tableName(Sample.LEDGER));
    } catch (ResourceNotFoundException e) {
      // It was removed before.
    }
  }

  /** Everything in the table, to look into. */
  List<Map<String, AttributeValue>> items() {
    return client.scan(it -> it.tableName(Sample.LEDGER).consistentRead(true)).items();
  }

  /** Puts many items, 25 at a time as DynamoDB takes them. */
  void putAll(List<Map<String, AttributeValue>> items) {
    for (int i = 0; i < items.size(); i += 25) {
      List<WriteRequest> some =
          items.subList(i, Math.min(i + 25, items.size())).stream()
              .map(item -> WriteRequest.builder().putRequest(it -> it.item(item)).build())
              .toList();
      client.batchWriteItem(it -> it.requestItems(Map.of(Sample.LEDGER, some)));
    }
  }

  void put(Map<String, AttributeValue> item) {
    client.putItem(it -> it.tableName(Sample.LEDGER).item(item));
  }

  @Override
  public void close() {
    try {
      client.close();
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void createTable() {
    client.createTable(
        it ->
            it.tableName(Sample.LEDGER)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    attribute("phoneNumberId", ScalarAttributeType.S),
                    attribute("due", ScalarAttributeType.S),
                    attribute("dueAt", ScalarAttributeType.N))
                .keySchema(key("phoneNumberId", KeyType.HASH))
                .globalSecondaryIndexes(
                    GlobalSecondaryIndex.builder()
                        .indexName("due")
                        .keySchema(key("due", KeyType.HASH), key("dueAt", KeyType.RANGE))
                        .projection(p -> p.projectionType(ProjectionType.KEYS_ONLY))
                        .build()));
  }

  private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }
}
