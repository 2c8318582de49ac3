package dev.numberferry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.StoreException;
import dev.numberferry.standin.Sample;
import dev.numberferry.support.Deadline;
import dev.numberferry.support.Machine;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** What a table has to be for a ledger to stand in it. */
class DueIndexTest {

  private static final String KEY = "phoneNumberId:S";
  private static final String INDEX = "due:S,dueAt:N";
  private static final Machine MACHINE = new Machine();
  private static final Deadline LATER = MACHINE.deadline(Duration.ofMinutes(1));

  private final FakeTable table = new FakeTable();
  private final DueIndex index = index(table);

  @Test
  void aProcessAsksOnceWhatTableItIs() {
    table.is(KEY, "due", INDEX);

    assertThat(index.due(LATER)).containsExactly(new PhoneNumberId(Sample.NUMBER));
    assertThat(index.due(LATER)).hasSize(1);

    assertThat(table.described).isEqualTo(1);
    assertThat(table.queries).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id:S | due | due:S,dueAt:N | its key is id (S) and not phoneNumberId (S)",
        "phoneNumberId:N | due | due:S,dueAt:N | its key is phoneNumberId (N) and not"
            + " phoneNumberId (S)",
        "phoneNumberId:S,at:N | due | due:S,dueAt:N | its key is phoneNumberId (S), at (N) and not"
            + " phoneNumberId (S)",
        "phoneNumberId:S | other | due:S,dueAt:N | it has no index due",
        "phoneNumberId:S | due | due:S | the key of its index due is due (S) and not due (S), dueAt"
            + " (N)",
        "phoneNumberId:S | due | dueAt:N,due:S | the key of its index due is dueAt (N), due (S) and"
            + " not due (S), dueAt (N)",
        "phoneNumberId:S | due | due:S,dueAt:S | the key of its index due is due (S), dueAt (S) and"
            + " not due (S), dueAt (N)",
        "id:S | other | due:S | its key is id (S) and not phoneNumberId (S); it has no index due"
      })
  void aTableThatIsNoLedgerIsNamedBeforeItIsRead(
      String key, String name, String indexKey, String wrong) {
    table.is(key, name, indexKey);

    assertThatThrownBy(() -> index.due(LATER))
        .isInstanceOf(StoreException.class)
        .hasMessage("table number-ferry-ledger is no ledger: " + wrong);
    assertThat(table.queries).isZero();
  }

  @Test
  void aTableWithoutAnyIndexIsNoLedgerAndIsAskedAgainUntilItIsOne() {
    table.is(KEY);
    assertThatThrownBy(() -> index.due(LATER)).hasMessageEndingWith("it has no index due");
    table.is(KEY, "due", INDEX);

    assertThat(index.due(LATER)).hasSize(1);
    assertThat(table.described).isEqualTo(2);
  }

  /** What only explains keeps nobody from settling what is due. */
  @Test
  void aTableThatMayNotBeAskedIsReadAndAskedAgain() {
    assertThat(index.due(LATER)).hasSize(1);
    table.is("id:S");

    assertThatThrownBy(() -> index.due(LATER)).hasMessageContaining("is no ledger");
    assertThat(table.described).isEqualTo(2);
    assertThat(table.queries).isEqualTo(1);
  }

  private static DueIndex index(DynamoDbClient client) {
    FerryConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(FerryConfig.class)
            .withConverter(Duration.class, 200, new DurationConverter())
            .withSources(
                new PropertiesConfigSource(Map.of("ferry.ledger-table", Sample.LEDGER), "test"))
            .build()
            .getConfigMapping(FerryConfig.class);
    return new DueIndex(config, client, new TableClock(MACHINE));
  }

  /** A table of which nobody may ask what it is until the test says it; one number is due. */
  private static final class FakeTable implements DynamoDbClient {

    private TableDescription description;
    private int described;
    private int queries;

    void is(String key) {
      description =
          TableDescription.builder()
              .keySchema(schema(key))
              .attributeDefinitions(types(key))
              .build();
    }

    void is(String key, String name, String indexKey) {
      description =
          TableDescription.builder()
              .keySchema(schema(key))
              .attributeDefinitions(types(key + "," + indexKey))
              .globalSecondaryIndexes(
                  GlobalSecondaryIndexDescription.builder()
                      .indexName(name)
                      .keySchema(schema(indexKey))
                      .build())
              .build();
    }

    @Override
    public DescribeTableResponse describeTable(DescribeTableRequest request) {
      described++;
      if (description == null) {
        throw DynamoDbException.builder()
            .statusCode(400)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode("AccessDeniedException").build())
            .build();
      }
      assertThat(request.tableName()).isEqualTo(Sample.LEDGER);
      return DescribeTableResponse.builder().table(description).build();
    }

    @Override
    @SuppressWarnings("unchecked")
    public QueryResponse query(QueryRequest request) {
      queries++;
      return (QueryResponse)
          QueryResponse.builder()
              .items(
                  Map.of(
                      "phoneNumberId", AttributeValue.fromS(Sample.NUMBER),
                      "dueAt", AttributeValue.fromN("1")))
              .sdkHttpResponse(SdkHttpResponse.builder().build())
              .build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}

    private static List<KeySchemaElement> schema(String key) {
      String[] names = key.split(",", -1);
      return IntStream.range(0, names.length)
          .mapToObj(
              i ->
                  KeySchemaElement.builder()
                      .attributeName(names[i].split(":", -1)[0])
                      .keyType(i == 0 ? KeyType.HASH : KeyType.RANGE)
                      .build())
          .toList();
    }

    private static List<AttributeDefinition> types(String attributes) {
      return Stream.of(attributes.split(",", -1))
          .map(it -> it.split(":", -1))
          .map(
              it -> AttributeDefinition.builder().attributeName(it[0]).attributeType(it[1]).build())
          .toList();
    }
  }
}
