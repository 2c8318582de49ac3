package dev.numberferry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.StoreException;
import dev.numberferry.support.Machine;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;

/** A table that leaves unread what it is asked for, on a machine that notes its pauses. */
class TableItemsTest {

  private static final class NotingMachine extends Machine {

    private final List<Duration> pauses = new ArrayList<>();

    @Override
    public boolean pause(Duration time) {
      pauses.add(time);
      return true;
    }
  }

  private static final class BusyTable implements DynamoDbClient {

    private int left;
    private int asked;

    private BusyTable(int inVain) {
      left = inVain;
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
      asked++;
      return left-- > 0
          ? BatchGetItemResponse.builder().unprocessedKeys(request.requestItems()).build()
          : BatchGetItemResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {
      // It holds nothing.
    }
  }

  private final NotingMachine machine = new NotingMachine();

  @Test
  void nobodyWaitsForATableThatIsNotAskedAgain() {
    BusyTable table = new BusyTable(10);

    assertThatThrownBy(() -> items(table).readEach(List.of("1"), item -> {}))
        .isInstanceOf(StoreException.class)
        .hasMessageEndingWith("left keys unread");

    assertThat(table.asked).isEqualTo(4);
    assertThat(machine.pauses).extracting(Duration::toMillis).containsExactly(100L, 200L, 400L);
  }

  @Test
  void aTableThatAnswersAtLastIsRead() {
    BusyTable table = new BusyTable(3);

    items(table).readEach(List.of("1"), item -> {});

    assertThat(table.asked).isEqualTo(4);
  }

  private TableItems items(DynamoDbClient dynamo) {
    FerryConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(FerryConfig.class)
            .withValidateUnknown(false)
            .withConverter(Duration.class, 200, new DurationConverter())
            .withSources(
                new PropertiesConfigSource(Map.of("ferry.ledger-table", "ledger"), "test", 100))
            .build()
            .getConfigMapping(FerryConfig.class);
    return new TableItems(config, dynamo, new TableClock(machine), machine);
  }
}
