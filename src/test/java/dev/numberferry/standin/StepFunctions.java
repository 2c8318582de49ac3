package dev.numberferry.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * moto's interpreter of state machines, where Python has it. What a machine calls comes to a port
 * of this: invokes go to a test's functions, and all else to a stand-in for AWS.
 */
public final class StepFunctions implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_SECONDS = 120;
  private static final int OFTEN_MS = 50;

  private static final Pattern INVOKE =
      Pattern.compile("/2015-03-31/functions/.*:([\\w-]+)/invocations");

  /** What the client sets itself. */
  private static final Set<String> OWN_HEADERS =
      Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");

  /** The functions that a machine invokes. */
  public interface Functions {

    /** Returns when the function has answered, or Lambda in its place. */
    Invoked invoke(String function, String event);
  }

  /**
   * What Lambda answers.
   *
   * @param failed whether the function ended with an error
   */
  public record Invoked(int status, boolean failed, String body) {

    /** There is no room for one more. */
    public static final Invoked THROTTLED =
        new Invoked(429, false, "{\"Type\": \"User\", \"message\": \"Rate Exceeded.\"}");

    /** The process was lost. */
    public static final Invoked LOST =
        new Invoked(
            200,
            true,
            "{\"errorType\": \"Runtime.ExitError\", \"errorMessage\": \"signal: killed\"}");
  }

  private final Functions functions;
  private final String aws;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService hands = Executors.newCachedThreadPool();
  private final HttpServer called;
  private final Moto moto;

  private StepFunctions(Functions functions, String aws) throws IOException {
    this.functions = functions;
    this.aws = aws;
    called = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    called.setExecutor(hands);
    called.createContext("/", this::handle);
    called.start();
    moto = Moto.startMachines(called.getAddress().getPort());
    post("/moto-api/config", "", "{\"stepfunctions\": {\"execute_state_machine\": true}}");
  }

  /**
   * Starts it, and returns when it answers.
   *
   * @param aws URL of what a machine calls beside its functions
   */
  public static StepFunctions start(Functions functions, String aws) {
    try {
      return new StepFunctions(functions, aws);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a state machine, and answers its ARN. */
  public String create(String definition) {
    return ask(
            "CreateStateMachine",
            JsonNodeFactory.instance
                .objectNode()
                .put("name", "fleet")
                .put("definition", definition)
                .put("roleArn", "arn:aws:iam::123456789012:role/fleet"))
        .path("stateMachineArn")
        .asText();
  }

  /** Starts an execution, and answers its ARN. */
  public String start(String machine, String name, String input) {
    return ask(
            "StartExecution",
            JsonNodeFactory.instance
                .objectNode()
                .put("stateMachineArn", machine)
                .put("name", name)
                .put("input", input))
        .path("executionArn")
        .asText();
  }

  /** Returns what an execution has come to, when it is over. */
  public JsonNode end(String execution) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      JsonNode told = ask("DescribeExecution", of(execution));
      if (!told.path("status").asText().equals("RUNNING")) {
        return told;
      }
      new CompletableFuture<Void>().completeOnTimeout(null, OFTEN_MS, TimeUnit.MILLISECONDS).join();
    }
    throw new IllegalStateException("It is not over: " + history(execution));
  }

  public void stop(String execution) {
    ask("StopExecution", of(execution));
  }

  /** Everything that is kept of an execution. */
  public String history(String execution) {
    return ask("GetExecutionHistory", of(execution).put("maxResults", 1000)).toString();
  }

  private static ObjectNode of(String execution) {
    return JsonNodeFactory.instance.objectNode().put("executionArn", execution);
  }

  private JsonNode ask(String operation, ObjectNode question) {
    return post("/", "AWSStepFunctions." + operation, question.toString());
  }

  private JsonNode post(String path, String target, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(moto.url() + path))
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", target)
            // moto takes service and region from here, and checks no signature.
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=test/20261122/eu-central-1/states/aws4_request,"
                    + " SignedHeaders=host, Signature=none")
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<byte[]> answer = send(request);
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(
            target + ": " + new String(answer.body(), StandardCharsets.UTF_8));
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Matcher invoke = INVOKE.matcher(exchange.getRequestURI().getPath());
      if (invoke.matches()) {
        answer(
            exchange, functions.invoke(invoke.group(1), new String(body, StandardCharsets.UTF_8)));
      } else {
        passOn(exchange, body);
      }
    }
  }

  private static void answer(HttpExchange exchange, Invoked invoked) throws IOException {
    byte[] body = invoked.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    // Without it the interpreter knows no error by its name.
    exchange.getResponseHeaders().set("x-amzn-RequestId", "1");
    if (invoked.status() == Invoked.THROTTLED.status()) {
      exchange.getResponseHeaders().set("X-Amzn-ErrorType", "TooManyRequestsException");
    }
    if (invoked.failed()) {
      exchange.getResponseHeaders().set("X-Amz-Function-Error", "Unhandled");
    }
    exchange.sendResponseHeaders(invoked.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  private void passOn(HttpExchange exchange, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(aws + exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(it -> request.header(name, it));
              }
            });
    HttpResponse<byte[]> answer = send(request.build());
    exchange.sendResponseHeaders(
        answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
    exchange.getResponseBody().write(answer.body());
  }

  @Override
  public void close() {
    moto.close();
    called.stop(0);
    hands.shutdownNow();
  }
}
