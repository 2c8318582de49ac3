package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.numberferry.ledger.NumberLedger;
import dev.numberferry.standin.Sample;
import dev.numberferry.standin.TopicStandIn.Message;
import dev.numberferry.support.Deadline;
import dev.numberferry.support.Invocation;
import dev.numberferry.support.InvocationStandIn;
import dev.numberferry.support.Machine;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the sweep makes of many numbers at once: with more time than the other tests give, and with
 * the brake off, which so many harms would engage.
 */
@QuarkusTest
@TestProfile(OtherSettings.class)
class SweepBacklogTest extends FunctionTestBase {

  private static final int LOOKS = 8;

  @Inject SweepFunction sweep;
  @Inject NumberLedger ledger;

  private Map<String, AttributeValue> open;
  private Map<String, AttributeValue> unknown;

  /** One item of each kind, as a run leaves it, to be copied for other numbers. */
  @BeforeEach
  void leaveItemsBehind() {
    outside.graph().answers(aResponse().withStatus(502));
    invokeSample();
    unknown = outside.ledger().items().get(0);
    ObjectNode entry = (ObjectNode) parse(unknown.get("entry").s());
    ((ObjectNode) entry.at("/attempts/0"))
        .put("published", false)
        .remove(List.of("endedAt", "result"));
    open = new HashMap<>(unknown);
    open.put("entry", AttributeValue.fromS(entry.toString()));
    outside.resetToAnyNumber();
  }

  @Test
  void ofAThousandNumbersEveryOpenClaimIsClosed() {
    put(unknown, 0, 960, Duration.ofMinutes(30));
    put(open, 960, 1000, Duration.ofMinutes(10));

    assertThat(sweep.sweep(null).numbers()).isEqualTo(1000);

    assertThat(attempts().stream().filter(it -> !it.has("result"))).isEmpty();
    assertThat(publishedStatuses()).hasSize(40).containsOnly("UNKNOWN");
    assertThat(outside.graph().looks()).hasSize(LOOKS);
    assertNothingSent();
  }

  @Test
  void anOpenClaimComesBeforeUnknownOutcomesThatWereDueEarlier() {
    put(unknown, 0, 20, Duration.ofMinutes(30));
    put(open, 20, 21, Duration.ofMinutes(10));

    sweep.sweep(null);

    assertThat(looked()).hasSize(LOOKS).startsWith(number(20));
    assertThat(publishedStatuses()).containsExactly("UNKNOWN");
  }

  @Test
  void theNextSweepLooksAtOthers() {
    put(unknown, 0, 20, Duration.ofMinutes(30));

    sweep.sweep(null);
    sweep.sweep(null);
    sweep.sweep(null);

    assertThat(looked()).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void aClaimIsClosedWithoutALookWhereTheyAreUsedUpAndLookedAtLater() {
    put(open, 0, 10, Duration.ofHours(1));

    sweep.sweep(null);

    assertThat(looked()).hasSize(LOOKS);
    List<JsonPath> published = outside.topic().messages().stream().map(Message::body).toList();
    assertThat(published).hasSize(10);
    assertThat(published.stream().filter(it -> it.getString("nextStep").startsWith("A later")))
        .hasSize(2)
        .allSatisfy(
            it -> {
              assertThat(it.getString("status")).isEqualTo("UNKNOWN");
              assertThat(it.getString("retry.after"))
                  .isEqualTo(it.getString("migrationId") + "/UNKNOWN");
            });
    assertThat(outside.ledger().items()).allMatch(it -> it.containsKey("due"));
  }

  @Test
  void aKeyThatIsNoNumberIsPassedOver() {
    put(open, 0, 1, Duration.ofHours(1));
    for (String key : List.of("#another", "1234", "106540352242922 ")) {
      Map<String, AttributeValue> item = new HashMap<>(due(open, Instant.EPOCH));
      item.put("phoneNumberId", AttributeValue.fromS(key));
      outside.ledger().put(item);
    }

    assertThat(sweep.sweep(null).numbers()).isOne();

    assertThat(publishedStatuses()).containsExactly("UNKNOWN");
  }

  @Test
  void whatIsNotDueYetIsNotReadAndNeitherIsMoreThanThereIsTimeFor() {
    put(unknown, 0, 450, Duration.ofMinutes(30));
    put(unknown, 450, 460, Duration.ofMinutes(-30));

    assertThat(ledger.due(new Machine().deadline(Duration.ofMinutes(1)))).hasSize(450);
    assertThat(ledger.due(Deadline.OVER)).hasSize(200);
  }

  @Test
  void theTimeForASweepBeginsWhenItsEventIsRead() {
    InvocationStandIn invocation = new InvocationStandIn();
    QuarkusMock.installMockForType(invocation, Invocation.class);
    put(open, 0, 3, Duration.ofHours(1));
    invocation.begin();
    invocation.passes(Duration.ofSeconds(78));

    sweep.sweep(null);

    assertThat(outside.topic().messages()).isEmpty();
    invocation.begin();
    sweep.sweep(null);
    assertThat(publishedStatuses()).hasSize(3);
  }

  /** Copies an item for other numbers, which were due so long ago. */
  private void put(Map<String, AttributeValue> like, int from, int to, Duration dueSince) {
    IntStream.range(from, to)
        .parallel()
        .forEach(
            i -> {
              Map<String, AttributeValue> item =
                  new HashMap<>(due(like, Instant.now().minus(dueSince)));
              item.put("phoneNumberId", AttributeValue.fromS(number(i)));
              item.put(
                  "entry", AttributeValue.fromS(anHourAgo(like).replace(Sample.NUMBER, number(i))));
              outside.ledger().put(item);
            });
  }

  /** The item's entry, as if its run had been an hour earlier. */
  private static String anHourAgo(Map<String, AttributeValue> item) {
    ObjectNode entry = (ObjectNode) parse(item.get("entry").s());
    ObjectNode attempt = (ObjectNode) entry.at("/attempts/0");
    for (String time : List.of("claimedAt", "endedAt")) {
      if (attempt.has(time)) {
        attempt.put(time, Instant.now().minus(Duration.ofHours(1)).toString());
      }
    }
    return entry.toString();
  }

  private static Map<String, AttributeValue> due(Map<String, AttributeValue> like, Instant at) {
    Map<String, AttributeValue> item = new HashMap<>(like);
    item.put("dueAt", AttributeValue.fromN(String.valueOf(at.getEpochSecond())));
    return item;
  }

  private List<String> looked() {
    return outside.graph().looks().stream()
        .map(LoggedRequest::getUrl)
        .map(url -> url.replaceAll(".*/([0-9]+)\\?.*", "$1"))
        .toList();
  }

  private List<JsonNode> attempts() {
    return outside.ledger().items().stream()
        .map(item -> parse(item.get("entry").s()).at("/attempts/0"))
        .toList();
  }

  private static String number(int i) {
    return String.valueOf(200_000_000_000L + i);
  }
}
