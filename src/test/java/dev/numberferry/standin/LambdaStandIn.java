package dev.numberferry.standin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import dev.numberferry.schema.Contract;
import io.restassured.path.json.JsonPath;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** The Lambda Runtime API on a loopback port: hands events to binaries and takes their answers. */
public final class LambdaStandIn implements AutoCloseable {

  private static final int HANDS = 20;
  private static final String VERSION = "2018-06-01";

  /**
   * What became of an invocation.
   *
   * @param failed whether the function answered with an error
   */
  public record Answer(boolean failed, String body) {
    public JsonPath json() {
      return JsonPath.from(body);
    }
  }

  private record Invocation(String id, String event, Map<String, String> headers) {

    /** Ends the wait of everybody who is dead. */
    static final Invocation NONE = new Invocation("", "", Map.of());
  }

  /** The queue of all processes that have no name. */
  private static final String ALL = "";

  private final Map<String, BlockingQueue<Invocation>> waiting = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<Answer>> answers = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> asked = new CompletableFuture<>();
  private final WireMockServer server =
      new WireMockServer(
          options()
              .dynamicPort()
              .bindAddress("127.0.0.1")
              .containerThreads(HANDS)
              .extensions(new Answers("runtime-api", this::answer)));

  public LambdaStandIn start() {
    server.start();
    server.stubFor(any(anyUrl()).willReturn(aResponse().withTransformers("runtime-api")));
    return this;
  }

  /** What {@code AWS_LAMBDA_RUNTIME_API} has to say. */
  public String address() {
    return "127.0.0.1:" + server.port();
  }

  /** The same for processes that get what is delivered to them by name, and nothing else. */
  public String address(String name) {
    return address() + "/" + name;
  }

  /** Done when a binary has asked for its first event. */
  public CompletableFuture<Void> asked() {
    return asked;
  }

  /** Delivers an event to whichever binary asks next. */
  public CompletableFuture<Answer> deliver(String event) {
    return deliver(ALL, event);
  }

  /** Delivers an event to whichever process of this name asks next. */
  public CompletableFuture<Answer> deliver(String name, String event) {
    return deliver(name, event, Map.of());
  }

  /** Delivers an event to whichever binary asks next, with more of the Runtime API's headers. */
  public CompletableFuture<Answer> deliver(String event, Map<String, String> headers) {
    return deliver(ALL, event, headers);
  }

  private CompletableFuture<Answer> deliver(
      String name, String event, Map<String, String> headers) {
    Invocation invocation = new Invocation(UUID.randomUUID().toString(), event, headers);
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    answers.put(invocation.id(), answer);
    queue(name).add(invocation);
    return answer;
  }

  /**
   * Forgets the processes of a name, which are dead: what asked for their next event would wait for
   * ever. What they were working on is lost, as it is when Lambda loses a process.
   */
  public void forget(String name) {
    queue(name).add(Invocation.NONE);
    waiting.remove(name);
  }

  /** Fails where an answer of the binaries was not as docs has it. */
  @Override
  public void close() {
    server.stop();
    Contract.check();
  }

  private ResponseDefinitionBuilder answer(Request request) {
    String[] path = request.getUrl().split("/", -1);
    String last = path[path.length - 1];
    if (last.equals("next")) {
      asked.complete(null);
      return next(queue(path[1].equals(VERSION) ? ALL : path[1]));
    }
    CompletableFuture<Answer> answer = answers.remove(path[path.length - 2]);
    if (answer != null) {
      hold(last.equals("error"), Bodies.json(request.getBody()));
      answer.complete(new Answer(last.equals("error"), request.getBodyAsString()));
    }
    return aResponse().withStatus(202);
  }

  private static void hold(boolean failed, JsonNode answer) {
    if (failed) {
      Contract.failure(answer);
    } else {
      Contract.answer(answer);
    }
  }

  private BlockingQueue<Invocation> queue(String name) {
    return waiting.computeIfAbsent(name, it -> new LinkedBlockingQueue<>());
  }

  private static ResponseDefinitionBuilder next(BlockingQueue<Invocation> queue) {
    try {
      Invocation invocation = queue.take();
      if (invocation == Invocation.NONE) {
        queue.add(invocation);
        return aResponse().withStatus(410);
      }
      ResponseDefinitionBuilder answer =
          aResponse()
              .withHeader("Lambda-Runtime-Aws-Request-Id", invocation.id())
              .withHeader("Lambda-Runtime-Deadline-Ms", "4102444800000")
              .withBody(invocation.event());
      invocation.headers().forEach(answer::withHeader);
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return aResponse().withStatus(410);
    }
  }
}
