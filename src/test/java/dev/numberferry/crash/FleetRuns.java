package dev.numberferry.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.standin.LambdaStandIn.Answer;
import dev.numberferry.standin.Sample;
import dev.numberferry.standin.StepFunctions;
import dev.numberferry.standin.StepFunctions.Invoked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Executions of infra/fleet.asl.json over processes of the binary. Its intervals are short here,
 * and where WhatsApp has limited the asking that is over in a moment.
 */
final class FleetRuns implements StepFunctions.Functions, AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:";

  /** As many as rows are worked on at once where no order says another number. */
  private static final int PROCESSES = 5;

  /** Of {@code FERRY_LONGEST_RUN}, and one more. */
  private static final int AFTER_A_DEATH = Outside.SOME_PATIENCE_SECONDS + 1;

  private final Outside outside;
  private final Ferries fleet;
  private final StepFunctions interpreter;
  private final String machine;
  private final Set<CompletableFuture<Invoked>> atWork = ConcurrentHashMap.newKeySet();
  private final AtomicInteger invokes = new AtomicInteger();
  private final AtomicInteger waits = new AtomicInteger();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private volatile boolean stopped;
  private Ferries migrate;

  FleetRuns(Outside outside) {
    this.outside = outside;
    fleet = outside.start("fleet", 1);
    migrate = outside.start("migrate", PROCESSES);
    interpreter = StepFunctions.start(this, outside.url());
    machine = interpreter.create(definition());
  }

  private static String definition() {
    try {
      return Files.readString(Path.of("infra", "fleet.asl.json"))
          .replace("${FleetFunctionArn}", FUNCTION + "fleet")
          .replace("${MigrateFunctionArn}", FUNCTION + "migrate")
          .replace("${FleetBucketName}", Sample.FLEET_BUCKET)
          .replace("${Partition}", "aws")
          .replace("\"Seconds\": 2,", "\"Seconds\": 1,")
          .replace("\"IntervalSeconds\": 100,", "\"IntervalSeconds\": " + AFTER_A_DEATH + ",")
          .replaceAll("\"IntervalSeconds\": [25],", "\"IntervalSeconds\": 1,")
          .replaceAll("\"MaxDelaySeconds\": [0-9]+", "\"MaxDelaySeconds\": 2")
          .replace("\"MaxAttempts\": 10,", "\"MaxAttempts\": 2,")
          .replace("\"Seconds\": 300,", "\"Seconds\": 1,");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a run, and answers its execution. */
  String start(String run, String order) {
    return interpreter.start(machine, run, order);
  }

  /** What an execution came to, when it is over. */
  JsonNode end(String execution) {
    return interpreter.end(execution);
  }

  /** Runs a list to its end. */
  JsonNode run(String run, String order) {
    return end(start(run, order));
  }

  String history(String execution) {
    return interpreter.history(execution);
  }

  void abort(String execution) {
    interpreter.stop(execution);
  }

  /** How often {@code migrate} was invoked. */
  int invokes() {
    return invokes.get();
  }

  /** How often {@code migrate} told how long to wait. */
  int waits() {
    return waits.get();
  }

  /**
   * What {@code migrate} was told and what it answered: what a row's own execution keeps, which
   * this interpreter does not.
   */
  List<String> told() {
    return List.copyOf(told);
  }

  /** Lambda has no room for {@code migrate} any more, as under the emergency stop. */
  void throttle(boolean on) {
    stopped = on;
  }

  /** Loses all processes of {@code migrate} with what they work on, and starts others. */
  synchronized void lose() {
    migrate.close();
    atWork.forEach(it -> it.complete(Invoked.LOST));
    migrate = outside.start("migrate", PROCESSES);
  }

  /** Asks the function {@code fleet}, as a person does. */
  Answer ask(String command) {
    return fleet.deliver(command).orTimeout(1, TimeUnit.MINUTES).join();
  }

  @Override
  @SuppressWarnings("CollectionUndefinedEquality")
  public Invoked invoke(String function, String event) {
    if (function.equals("fleet")) {
      return invoked(ask(event));
    }
    invokes.incrementAndGet();
    if (stopped) {
      return Invoked.THROTTLED;
    }
    CompletableFuture<Invoked> answer = delivered(event);
    try {
      Invoked invoked = answer.orTimeout(1, TimeUnit.MINUTES).join();
      told.addAll(List.of(event, invoked.body()));
      return soon(invoked);
    } finally {
      atWork.remove(answer);
    }
  }

  private synchronized CompletableFuture<Invoked> delivered(String event) {
    CompletableFuture<Invoked> answer = migrate.deliver(event).thenApply(FleetRuns::invoked);
    atWork.add(answer);
    return answer;
  }

  private static Invoked invoked(Answer answer) {
    return new Invoked(200, answer.failed(), answer.body());
  }

  /** What says when to come again says: in a moment. */
  private Invoked soon(Invoked invoked) {
    if (!invoked.failed() || !invoked.body().contains("retryAfter")) {
      return invoked;
    }
    waits.incrementAndGet();
    try {
      ObjectNode failure = (ObjectNode) JSON.readTree(invoked.body());
      ObjectNode result = (ObjectNode) JSON.readTree(failure.path("errorMessage").asText());
      // The interpreter passes over what is less than a second.
      result.put("retryAfter", Instant.now().plusSeconds(2).toString());
      failure.put("errorMessage", result.toString());
      return new Invoked(invoked.status(), true, failure.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    interpreter.close();
    migrate.close();
    fleet.close();
  }
}
