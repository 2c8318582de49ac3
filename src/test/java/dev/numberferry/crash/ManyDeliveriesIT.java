package dev.numberferry.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.standin.LambdaStandIn.Answer;
import dev.numberferry.standin.Sample;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several processes are to move one number at the same time, and one call is made. */
class ManyDeliveriesIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int DELIVERIES = 64;
  private static final int PROCESSES = 4;

  /** So many deliveries find the run in progress; the others come when it is over or nearly so. */
  private static final int MEANWHILE = 32;

  /** Calls are held back for as long as it takes: nothing may run out of patience meanwhile. */
  @RegisterExtension
  private static final Outside OUTSIDE =
      new Outside(
          Map.of(
              "QUARKUS_REST_CLIENT_WHATSAPP_READ_TIMEOUT", "60000",
              "FERRY_FUNCTION_TIMEOUT", "125s",
              "FERRY_LONGEST_RUN", "130s",
              "QUARKUS_DYNAMODB_API_CALL_TIMEOUT", "60s",
              "QUARKUS_DYNAMODB_SYNC_CLIENT_SOCKET_TIMEOUT", "60s"));

  @BeforeEach
  void reset() {
    OUTSIDE.reset();
  }

  @Test
  void oneOfManyDeliveriesCalls() throws Exception {
    CountDownLatch answered = new CountDownLatch(MEANWHILE);
    OUTSIDE.listener(new Contention(PROCESSES, answered));

    List<JsonPath> answers = new ArrayList<>();
    try (Ferries ferries = OUTSIDE.start("migrate", PROCESSES)) {
      var deliveries =
          Stream.generate(() -> ferries.deliver(Sample.event("direct.json")))
              .limit(DELIVERIES)
              .toList();
      for (var delivery : deliveries) {
        var unused = delivery.thenRun(answered::countDown);
      }
      for (var delivery : deliveries) {
        answers.add(result(delivery));
      }
    }

    assertThat(OUTSIDE.graph().registers()).hasSize(1);
    List<JsonPath> own = answers.stream().filter(it -> is(it, "MIGRATED", false)).toList();
    assertThat(own).hasSize(1);
    assertThat(answers)
        .filteredOn(it -> !own.contains(it))
        .allMatch(it -> isInProgress(it) || is(it, "MIGRATED", true));
    assertThat(answers)
        .filteredOn(ManyDeliveriesIT::isInProgress)
        .hasSizeGreaterThanOrEqualTo(MEANWHILE);
    String migration = own.get(0).getString("migrationId");
    assertThat(OUTSIDE.topic().taken())
        .isNotEmpty()
        .allMatch(it -> is(it.body(), "MIGRATED", false))
        .allMatch(it -> it.body().getString("migrationId").equals(migration));
  }

  /** A machine's own clock would take the claim for old, or for one of the future. */
  @ParameterizedTest(name = "the ledger''s clock is {0} h ahead of the machines''")
  @ValueSource(longs = {-1, 1})
  void aRunInProgressIsSeenWhateverTheMachinesClock(long hours) throws Exception {
    OUTSIDE.ledgerTime(Instant.now().plus(Duration.ofHours(hours)));
    CountDownLatch letGo = new CountDownLatch(1);
    Contention contention = new Contention(1, letGo);
    OUTSIDE.listener(contention);

    try (Ferries first = OUTSIDE.start("migrate", 1)) {
      CompletableFuture<Answer> running = first.deliver(Sample.event("direct.json"));
      contention.awaitCall();

      assertThat(isInProgress(OUTSIDE.run("migrate", retry()).json())).isTrue();
      assertThat(OUTSIDE.run("sweep", "{}").failed()).isFalse();
      letGo.countDown();

      assertThat(is(result(running), "MIGRATED", false)).isTrue();
    }
    assertThat(OUTSIDE.graph().registers()).hasSize(1);
    assertThat(OUTSIDE.published()).containsExactly("WITHHELD", "MIGRATED");
  }

  private static String retry() throws Exception {
    ObjectNode event = (ObjectNode) JSON.readTree(Sample.event("direct.json"));
    event
        .putObject("retry")
        .put("after", "none")
        .put("reason", "the operator did not wait for the first one");
    return event.toString();
  }

  private static JsonPath result(CompletableFuture<Answer> delivery) throws Exception {
    Answer answer = delivery.get(1, TimeUnit.MINUTES);
    assertThat(answer.failed()).as(answer.body()).isFalse();
    return answer.json();
  }

  private static boolean is(JsonPath result, String status, boolean replayed) {
    return status.equals(result.get("status"))
        && replayed == Boolean.TRUE.equals(result.get("replayed"));
  }

  private static boolean isInProgress(JsonPath result) {
    return "IN_PROGRESS".equals(result.get("reason"));
  }
}
