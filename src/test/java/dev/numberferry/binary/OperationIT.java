package dev.numberferry.binary;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static dev.numberferry.standin.GraphStandIn.state;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.numberferry.metrics.EmbeddedMetrics;
import dev.numberferry.standin.AwsStandIn;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.LambdaStandIn;
import dev.numberferry.standin.LambdaStandIn.Answer;
import dev.numberferry.standin.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator sees, as the binary writes it: docs/operation.md has the same lines. */
class OperationIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OTHER_NUMBER = "206540352242922";
  private static final Path PAGE = Path.of("docs", "operation.md");

  /** What is another each time: ids, times, and how long something took. */
  private static final Map<String, String> EACH_TIME =
      Map.of(
          "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<id>",
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "<time>",
          "(?<=Ms\":|Time\":|Timestamp\":)\\d+", "<number>");

  private final LambdaStandIn lambda = new LambdaStandIn();
  private final GraphStandIn graph = new GraphStandIn(options().dynamicPort());
  private final AwsStandIn aws = new AwsStandIn();

  @BeforeEach
  void start() {
    lambda.start();
    graph.start();
    aws.start();
    aws.secrets().put(Sample.SECRET_ID, Sample.secret());
    aws.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());
  }

  @AfterEach
  void stop() {
    lambda.close();
    graph.close();
    aws.close();
  }

  @Test
  void aMove() throws Exception {
    assertTold("A number has moved", linesOf("migrate", Sample.event("direct.json")));
  }

  @Test
  void aLineThatIsDown() throws Exception {
    graph.refuses(400, 133005);

    assertTold("The PIN was wrong", linesOf("migrate", Sample.event("direct.json")));
  }

  @Test
  void nothingWasSent() throws Exception {
    aws.secrets().fails("GetSecretValue", 400, "AccessDeniedException");

    assertTold("Nothing was sent", linesOf("migrate", Sample.event("direct.json")));
  }

  @Test
  void nobodyKnowsAndThenASweepDoes() throws Exception {
    graph.answers(aResponse().withStatus(502));

    assertTold("Nobody knows", linesOf("migrate", Sample.event("direct.json")));

    aws.ledger().clock(Clock.offset(Clock.systemUTC(), Duration.ofHours(1)));
    graph.tells(state("CLOUD_API", "CONNECTED"));

    assertTold("A sweep clears it up", linesOf("sweep", "{}"));
  }

  /** Threads that ask WhatsApp are made in one run, and used in all; here they wait in vain. */
  @Test
  void noLineBearsTheIdsOfAnotherRun() throws Exception {
    graph.fieldAnswers("webhook_configuration", aResponse().withFixedDelay(7_000));
    aws.secrets().answersEverythingWith(Sample.secret());
    aws.objects().answersEverythingWith(Sample.backupFile());
    String event = Sample.event("direct.json").replaceFirst("\\{", "{\"dryRun\": true,");
    Map<String, String> numbers = new HashMap<>();
    try (FerryProcess ferry = ferry("migrate", "runs")) {
      for (String number : List.of(Sample.NUMBER, OTHER_NUMBER, Sample.NUMBER)) {
        Answer answer = answer("runs", event.replace(Sample.NUMBER, number));
        numbers.put(answer.json().getString("migrationId"), number);
      }

      List<JsonNode> lines = lines(ferry).stream().map(OperationIT::parse).toList();
      Map<String, Set<String>> requests =
          lines.stream()
              .collect(
                  groupingBy(OperationIT::idIn, mapping(it -> in(it, "AWSRequestId"), toSet())));
      assertThat(requests).containsOnlyKeys(numbers.keySet());
      assertThat(requests.values())
          .allSatisfy(it -> assertThat(it).hasSize(1))
          .doesNotHaveDuplicates();
      assertThat(lines)
          .allSatisfy(it -> assertThat(in(it, "phoneNumberId")).isEqualTo(numbers.get(idIn(it))));
    }
  }

  @Test
  void whatIsStoppedLeavesNoError() throws Exception {
    try (FerryProcess ferry = ferry("migrate", "stopped")) {
      answer("stopped", Sample.event("direct.json"));
      ferry.terminate();

      assertThat(lines(ferry)).noneMatch(it -> it.contains("\"level\":\"ERROR\""));
    }
  }

  @Test
  void aWrongSettingIsNamedInOneLine() {
    Map<String, String> environment = environment("migrate", "setting");
    environment.put("FERRY_MAX_CALLS", "five");
    try (FerryProcess ferry = FerryProcess.start(log("setting"), environment)) {
      assertThat(ferry.exitCode()).isNotZero();

      assertThat(lines(ferry).stream().filter(it -> it.startsWith("{")).map(OperationIT::parse))
          .filteredOn(it -> it.path("message").asText().contains("FERRY_MAX_CALLS must be 1 to 10"))
          .singleElement()
          .satisfies(it -> assertThat(it.path("level").asText()).isEqualTo("ERROR"));
    }
  }

  private static String idIn(JsonNode line) {
    return in(line, "migrationId");
  }

  /** What a line says: at its root where it is metrics, else beside its words. */
  private static String in(JsonNode line, String field) {
    if (!line.has("_aws")) {
      return line.at("/mdc/" + field).asText();
    }
    return line.path(field.equals("AWSRequestId") ? "requestId" : field).asText();
  }

  private List<String> linesOf(String function, String event) throws Exception {
    try (FerryProcess ferry = ferry(function, function)) {
      lambda.asked().get(1, TimeUnit.MINUTES);
      int before = lines(ferry).size();
      answer(function, event);
      List<String> lines = lines(ferry);
      return lines.subList(before, lines.size());
    }
  }

  private Answer answer(String name, String event) throws Exception {
    return lambda.deliver(name, event).get(1, TimeUnit.MINUTES);
  }

  /** Each of them is JSON, and those that are metrics keep to the format. */
  private static List<String> lines(FerryProcess ferry) {
    List<String> lines = ferry.output().lines().toList();
    lines.stream().filter(it -> it.contains("\"_aws\"")).forEach(EmbeddedMetrics::check);
    return lines;
  }

  private FerryProcess ferry(String function, String name) {
    return FerryProcess.start(log(name), environment(function, name));
  }

  private static String log(String name) {
    return "operation-" + name + "-" + System.nanoTime();
  }

  /**
   * @param name of the process: what waits for an event of one that is dead gets no other's
   */
  private Map<String, String> environment(String function, String name) {
    Map<String, String> environment =
        FerryProcess.environment(function, lambda.address(name), aws.url(), graph.url());
    environment.put("FERRY_RECONCILE_FOR", "150ms");
    environment.put("FERRY_STACK", "number-ferry");
    return environment;
  }

  /** The page has the lines that were written, each on a line of its own. */
  private static void assertTold(String heading, List<String> lines) throws IOException {
    String page = Files.readString(PAGE);
    int section = page.indexOf("\n### " + heading + "\n");
    int begin = page.indexOf("```json\n", section) + "```json\n".length();
    String told = section < 0 ? "" : page.substring(begin, page.indexOf("```", begin));

    assertThat(told.lines().map(OperationIT::withoutWhatIsAnotherEachTime).toList())
        .as("the lines of '%s' in %s, which are now:\n%s", heading, PAGE, String.join("\n", lines))
        .isEqualTo(lines.stream().map(OperationIT::withoutWhatIsAnotherEachTime).toList());
  }

  private static String withoutWhatIsAnotherEachTime(String line) {
    String same = line;
    for (Map.Entry<String, String> each : EACH_TIME.entrySet()) {
      same = same.replaceAll(each.getKey(), each.getValue());
    }
    return same;
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON", e);
    }
  }
}
