package dev.numberferry.standin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Stands in for DynamoDB with the ledger's table: DynamoDB Local answers what is asked here. */
public final class LedgerStandIn extends ServiceStandIn {

  private static final String DENIED =
      "{\"__type\": \"com.amazonaws.dynamodb.v20120810#AccessDeniedException\"}";

  private static final String BRAKE = "#brake";

  private final WireMockServer server;
  private final DynamoStandIn dynamo = new DynamoStandIn();
  private final HttpClient http = HttpClient.newHttpClient();
  private volatile Clock clock;
  private volatile int most = Integer.MAX_VALUE;

  LedgerStandIn(WireMockServer server) {
    this.server = server;
  }

  void start() {
    dynamo.start();
  }

  void close() {
    dynamo.close();
  }

  /** Every number's item in the table. */
  public List<Map<String, AttributeValue>> items() {
    return dynamo.items().stream().filter(it -> !isBrake(it)).toList();
  }

  /** The brake as the table has it, if it was ever written. */
  public Optional<JsonPath> brake() {
    return dynamo.items().stream()
        .filter(LedgerStandIn::isBrake)
        .map(it -> JsonPath.from(it.get("brake").s()))
        .findFirst();
  }

  /** The brake's item. */
  public Map<String, AttributeValue> brakeItem() {
    return dynamo.items().stream().filter(LedgerStandIn::isBrake).findFirst().orElseThrow();
  }

  private static boolean isBrake(Map<String, AttributeValue> item) {
    return item.get("phoneNumberId").s().equals(BRAKE);
  }

  /** From when on a sweep looks at every number that is due at some time; nothing where none is. */
  public Optional<Instant> allDue() {
    return items().stream()
        .filter(it -> it.containsKey("dueAt"))
        // The item has it without its parts of a second.
        .map(it -> Instant.ofEpochSecond(Long.parseLong(it.get("dueAt").n()) + 1))
        .max(Instant::compareTo);
  }

  /** Puts an item into the table. */
  public void put(Map<String, AttributeValue> item) {
    dynamo.put(item);
  }

  /** Puts many items into the table. */
  public void putAll(List<Map<String, AttributeValue>> items) {
    dynamo.putAll(items);
  }

  /** There is no table until the next reset. */
  public void remove() {
    dynamo.remove();
  }

  /** The table is another program's until the next reset: it has another key, and no index. */
  public void isAnotherTable() {
    dynamo.hasAnotherTable();
  }

  /** The answers tell this clock's time from now on; before, they tell none. */
  public void clock(Clock next) {
    clock = next;
  }

  /** The answers' clock is ahead from now on, so that it is this time. */
  public void passOverTimeUntil(Instant time) {
    clock(Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), time)));
  }

  /** An operation, where the request contains a text, is answered with an error from now on. */
  public void fails(String operation, String containing) {
    server.stubFor(
        post("/")
            .withHeader("X-Amz-Target", equalTo("DynamoDB_20120810." + operation))
            .withRequestBody(containing(containing))
            .willReturn(aResponse().withStatus(400).withBody(DENIED)));
  }

  /** Reads are answered with nothing but keys that were left unread, so often, and then work. */
  public void leavesUnread(int times) {
    String unread =
        "{\"Responses\": {}, \"UnprocessedKeys\": {\"%s\": {\"Keys\": [{\"phoneNumberId\": {\"S\": \"%s\"}}]}}}"
            .formatted(Sample.LEDGER, BRAKE);
    failsFor(times, "BatchGetItem", "", aResponse().withBody(unread));
  }

  /** Each read of many items hands over so many at the most, and leaves the others unread. */
  public void handsOverAtMost(int items) {
    most = items;
  }

  /** An operation, where the request contains a text, fails so often, and then works. */
  public void failsFor(int times, String operation, String containing) {
    failsFor(times, operation, containing, aResponse().withStatus(400).withBody(DENIED));
  }

  private void failsFor(
      int times, String operation, String containing, ResponseDefinitionBuilder answer) {
    for (int i = 0; i < times; i++) {
      server.stubFor(
          post("/")
              .inScenario("ledger")
              .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "failed " + i)
              .willSetStateTo("failed " + (i + 1))
              .withHeader("X-Amz-Target", equalTo("DynamoDB_20120810." + operation))
              .withRequestBody(containing(containing))
              .willReturn(answer));
    }
  }

  @Override
  ResponseDefinitionBuilder answer(Request request) {
    Bodies.keep("ledger.log", request.getBodyAsString());
    if (operation(request).equals("BatchGetItem")) {
      ObjectNode asked = (ObjectNode) Bodies.json(request.getBody());
      ArrayNode keys = (ArrayNode) asked.at("/RequestItems/" + Sample.LEDGER + "/Keys");
      if (keys.size() > most) {
        return answerSome(request, asked, keys);
      }
    }
    var answer = ask(request, request.getBody());
    return answered(answer.statusCode(), answer.body());
  }

  private ResponseDefinitionBuilder answerSome(Request request, ObjectNode asked, ArrayNode keys) {
    ArrayNode unread = keys.arrayNode();
    while (keys.size() > most) {
      unread.add(keys.remove(most));
    }
    var answer = ask(request, asked.toString().getBytes(StandardCharsets.UTF_8));
    ObjectNode items = (ObjectNode) Bodies.json(answer.body());
    items.putObject("UnprocessedKeys").putObject(Sample.LEDGER).set("Keys", unread);
    return answered(answer.statusCode(), items.toString().getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<byte[]> ask(Request request, byte[] body) {
    HttpRequest.Builder passedOn =
        HttpRequest.newBuilder(URI.create(dynamo.url()))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    for (String header : List.of("X-Amz-Target", "Authorization", "X-Amz-Date", "Content-Type")) {
      passedOn.header(header, request.getHeader(header));
    }
    try {
      return http.send(passedOn.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private ResponseDefinitionBuilder answered(int status, byte[] body) {
    var passedBack = aResponse().withStatus(status).withBody(body);
    Clock now = clock;
    return now == null ? passedBack : passedBack.withHeader("Date", date(now));
  }

  private static String date(Clock clock) {
    return RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC));
  }

  @Override
  String name(Request request) {
    String operation = operation(request);
    return operation.equals("PutItem")
        ? "DynamoDB.PutItem (" + purpose(Bodies.json(request.getBody())) + ")"
        : "DynamoDB." + operation;
  }

  /** What an entry is written for, as its newest attempt tells. */
  private static String purpose(JsonNode putItem) {
    if (putItem.at("/Item/phoneNumberId/S").asText().equals(BRAKE)) {
      return "brake";
    }
    JsonNode attempts = Bodies.json(putItem.at("/Item/entry/S").asText()).path("attempts");
    if (attempts.isEmpty()) {
      return "last result";
    }
    JsonNode newest = attempts.get(attempts.size() - 1);
    if (!newest.has("result")) {
      return "claim";
    }
    return newest.path("published").asBoolean() ? "published" : "result";
  }

  @Override
  void reset() {
    dynamo.reset();
    clock = null;
    most = Integer.MAX_VALUE;
  }
}
