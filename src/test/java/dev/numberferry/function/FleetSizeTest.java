package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.fleet.FleetAnswer;
import dev.numberferry.fleet.FleetAnswer.Go;
import dev.numberferry.standin.CallListener;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A list as long as there can be, and a ledger that does not hand over all at once. */
@QuarkusTest
class FleetSizeTest extends FleetTestBase {

  private static final String ALL = "\"upTo\": \"ALL\"";
  private static final int LARGE = 20_000;

  @Test
  void twoThousandRowsWithLargeEntriesAreReadSomeAtATime() {
    manifestOf(2000);
    FleetAnswer dryRun = begin("r", ALL);
    outside.graph().refuses(400, 133006);
    invoke(sampleOf(number(1)).toString());
    outside.graph().reset();
    // A number whose call was refused is as ready as its dry run says.
    invoke(list(dryRun).get(1).toString());
    copyToAll(2000);
    AtomicInteger reads = countReads();

    FleetAnswer canary = after("r", ALL, dryRun);

    assertThat(canary.go()).isEqualTo(Go.ROWS);
    assertThat(canary.verdict().counts()).isEqualTo(Map.of("READY", 2000));
    assertThat(canary.stage().rows()).isEqualTo(5);
    assertThat(object("runs/r/report-DRY_RUN.csv").lines()).hasSize(2001);
    assertThat(parse(object("runs/r/ALL.json"))).hasSize(1995);
    assertThat(reads).hasValue(80);
  }

  @Test
  void keysThatAreLeftUnreadAreAskedForAgain() {
    manifestOf(60);
    FleetAnswer dryRun = begin("r", "");
    invoke(list(dryRun).get(1).toString());
    copyToAll(59);
    engageTheBrake();
    outside.ledger().handsOverAtMost(10);
    AtomicInteger reads = countReads();

    FleetAnswer answer = report("r");

    assertThat(answer.verdict().counts()).isEqualTo(Map.of("READY", 59, "NOT_TRIED", 1));
    assertThat(answer.verdict().why()).startsWith("The brake is engaged");
    // Of 26, 26 and 11 keys.
    assertThat(reads).hasValue(3 + 3 + 2);
  }

  @Test
  void aLedgerThatHandsOverNothingForAMomentIsAskedAgain() {
    manifestOf(2);
    begin("r", "");
    outside.ledger().leavesUnread(2);

    assertThat(report("r").verdict().rows()).isEqualTo(2);
  }

  @Test
  void aLedgerThatCannotBeReadIsNoNumberThatWasNotTried() {
    manifestOf(2);
    FleetAnswer dryRun = begin("r", ALL);
    send(dryRun);
    outside.ledger().leavesUnread(4);

    assertThatThrownBy(() -> after("r", ALL, dryRun))
        .asString()
        .startsWith("NotDone: dynamodb:BatchGetItem on table number-ferry-ledger left keys unread");
    outside.aws().recovers();
    assertThat(after("r", ALL, dryRun).go()).isEqualTo(Go.ROWS);
  }

  /** All have the entry of the second number, with attempts of the first until it is large. */
  private void copyToAll(int rows) {
    Map<String, AttributeValue> item = item(number(2));
    ObjectNode entry = (ObjectNode) parse(item.get("entry").s());
    String first = item(number(1)).getOrDefault("entry", AttributeValue.fromS("{}")).s();
    for (JsonNode attempt : parse(first).path("attempts")) {
      while (entry.toString().length() < LARGE) {
        ((ArrayNode) entry.path("attempts")).add(attempt);
      }
    }
    outside
        .ledger()
        .putAll(
            IntStream.rangeClosed(1, rows)
                .mapToObj(
                    i -> {
                      Map<String, AttributeValue> copy = new HashMap<>(item);
                      copy.put("phoneNumberId", AttributeValue.fromS(number(i)));
                      copy.put("entry", AttributeValue.fromS(entry.toString()));
                      return copy;
                    })
                .toList());
  }

  private Map<String, AttributeValue> item(String number) {
    return outside.ledger().items().stream()
        .filter(it -> it.get("phoneNumberId").s().equals(number))
        .findFirst()
        .orElseGet(Map::of);
  }

  private AtomicInteger countReads() {
    AtomicInteger reads = new AtomicInteger();
    outside
        .aws()
        .listener(
            CallListener.of(
                call -> {
                  if (call.name().equals("DynamoDB.BatchGetItem")) {
                    reads.incrementAndGet();
                  }
                },
                call -> {}));
    return reads;
  }
}
