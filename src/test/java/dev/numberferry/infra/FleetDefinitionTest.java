package dev.numberferry.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.numberferry.FerryConfig;
import dev.numberferry.domain.Harm;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Status;
import dev.numberferry.fleet.FleetAnswer;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * infra/fleet.asl.json as it is deployed. How it runs is another test's; here stands what an
 * emulator does not enforce, and what nobody may change in passing.
 */
class FleetDefinitionTest {

  private static final Path FILE = Path.of("infra", "fleet.asl.json");
  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{(\\w+)}");

  private static String text;
  private static JsonNode machine;
  private static JsonNode rows;

  @BeforeAll
  static void read() throws IOException {
    text = Files.readString(FILE);
    machine = new ObjectMapper().readTree(text);
    rows = machine.at("/States/Rows");
  }

  @Test
  void everyStageHasItsOwnConcurrencyAndEndsAtOneFailureMoreThanItTolerates() {
    assertThat(rows.path("ToleratedFailureCountPath").asText()).isEqualTo("$.stage.tolerated");
    assertThat(rows.path("MaxConcurrencyPath").asText()).isEqualTo("$.stage.concurrency");
    assertThat(rows.findPath("ToleratedFailurePercentage").isMissingNode()).isTrue();
    assertThat(Arrays.stream(FleetAnswer.StageOrder.class.getRecordComponents()))
        .extracting(it -> it.getName())
        .contains("tolerated", "concurrency", "events");
  }

  /** Express children are started at least once, and end after five minutes. */
  @Test
  void everyRowIsAnExecutionThatIsStartedOnce() {
    JsonNode processor = rows.at("/ItemProcessor/ProcessorConfig");

    assertThat(processor.path("Mode").asText()).isEqualTo("DISTRIBUTED");
    assertThat(processor.path("ExecutionType").asText()).isEqualTo("STANDARD");
    // The machine's policy names it.
    assertThat(rows.path("Label").asText()).isEqualTo("Rows");
    assertThat(rows.has("ItemBatcher")).isFalse();
  }

  @Test
  void theListIsReadFromTheBucketAndNeverTravelsInAState() {
    assertThat(rows.at("/ItemReader/Resource").asText())
        .isEqualTo("arn:${Partition}:states:::s3:getObject");
    assertThat(rows.at("/ItemReader/ReaderConfig/InputType").asText()).isEqualTo("JSON");
    assertThat(rows.at("/ItemReader/Parameters").path("Key.$").asText())
        .isEqualTo("$.stage.events");
    assertThat(rows.at("/ResultWriter/Parameters").path("Prefix.$").asText())
        .isEqualTo("States.Format('runs/{}', $$.Execution.Name)");
  }

  /** Whatever ended the rows, the report comes. */
  @Test
  void aStageThatEndedEarlyIsReportedToo() {
    assertThat(rows.path("Next").asText()).isEqualTo("Next stage");
    assertThat(rows.path("Catch")).hasSize(1);
    JsonNode caught = rows.at("/Catch/0");
    assertThat(texts(caught.path("ErrorEquals"))).containsExactly("States.ALL");
    assertThat(caught.path("Next").asText()).isEqualTo("Next stage");
    // FleetCommand reads the error there, and the stage beside it.
    assertThat(caught.path("ResultPath").asText())
        .isEqualTo("$.map")
        .isEqualTo(rows.path("ResultPath").asText());
  }

  @Test
  void theFunctionIsToldTheRunItsOrderAndTheStageThatHasEnded() {
    JsonNode next = machine.at("/States/Next stage");

    assertThat(next.at("/Parameters/FunctionName").asText()).isEqualTo("${FleetFunctionArn}");
    assertThat(next.at("/Parameters/Payload").toString())
        .isEqualTo(
            "{\"run.$\":\"$$.Execution.Name\",\"order.$\":\"$$.Execution.Input\",\"ended.$\":\"$\"}");
    assertThat(retries(next))
        .containsExactly(
            "Invalid: never", "States.ALL: 8 times, after 5 s, times 2 up to 300 s, at random");
    assertThat(next.path("TimeoutSeconds").asInt()).isGreaterThan(timeout("Fleet"));
  }

  @Test
  void aRowIsTriedAgainInTheseWays() {
    JsonNode migrate = row("Migrate");

    assertThat(retries(migrate))
        .containsExactly(
            "Lambda.TooManyRequestsException: 10 times, after 2 s, times 2 up to 60 s, at random",
            "NotSent: never",
            "States.ALL: 2 times, after 100 s, times 1");
    assertThat(migrate.path("Catch")).hasSize(1);
    assertThat(texts(migrate.at("/Catch/0/ErrorEquals"))).containsExactly("NotSent");
    assertThat(migrate.at("/Parameters/FunctionName").asText()).isEqualTo("${MigrateFunctionArn}");
  }

  /** A function that died has a claim, which nothing but time opens. */
  @Test
  void theTriesAfterADeathComeWhenTheClaimIsOldEnoughToBeClosed() throws Exception {
    Duration longestRun =
        Duration.parse(
            "PT"
                + FerryConfig.class
                    .getMethod("longestRun")
                    .getAnnotation(WithDefault.class)
                    .value());
    JsonNode last = row("Migrate").at("/Retry/2");

    assertThat(Duration.ofSeconds(last.path("IntervalSeconds").asInt())).isGreaterThan(longestRun);
    assertThat(row("Migrate").path("TimeoutSeconds").asInt())
        .isEqualTo(100)
        .isGreaterThan(timeout("Migrate"));
  }

  @Test
  void aRowWaitsForWhatItIsToldAndElseForThreeTimesFiveMinutes() {
    assertThat(row("Until WhatsApp may be asked").path("TimestampPath").asText())
        .isEqualTo("$.result.answer.retryAfter");
    assertThat(row("Until the other run is over").path("TimestampPath").asText())
        .isEqualTo("$.result.answer.until");
    assertThat(row("A few minutes").path("Seconds").asInt()).isEqualTo(300);
    JsonNode again = row("Again?");
    assertThat(again.at("/Choices/0").toString())
        .contains("\"$.result.answer.retryAfter\",\"IsPresent\":true");
    assertThat(again.at("/Choices/1").toString()).contains("\"$.tries\",\"NumericLessThan\":3");
    assertThat(again.path("Default").asText()).isEqualTo("Not done");
    assertThat(rows.at("/ItemSelector/tries").asInt(-1)).isZero();
  }

  /** A Wait until a time passes over parts of a second, and so ends too early. */
  @Test
  void nobodyIsAskedBeforeTheTimeThatWasTold() {
    for (String wait : List.of("Until WhatsApp may be asked", "Until the other run is over")) {
      assertThat(row(wait).path("Next").asText()).isEqualTo("A moment");
    }
    assertThat(row("A moment").path("Seconds").asInt()).isGreaterThan(1);
    assertThat(row("A moment").path("Next").asText()).isEqualTo("Migrate");
  }

  /** What a code means, and what harm is, is said in one place, which is not this. */
  @Test
  void itKnowsNoCodeNoHarmAndOneReason() {
    assertThat(names(Harm.values())).noneMatch(text::contains);
    assertThat(text).doesNotContainPattern("13\\d{4}").doesNotContain("wabaId", "urgency");
    assertThat(quoted(names(Reason.values()))).containsExactly("IN_PROGRESS");
    assertThat(quoted(names(Status.values())))
        .containsExactlyInAnyOrder("READY", "MIGRATED", "ALREADY_MIGRATED", "WITHHELD");
  }

  @ParameterizedTest
  @EnumSource(FleetAnswer.Go.class)
  void itGoesWhereTheFunctionSays(FleetAnswer.Go go) {
    JsonNode choice = machine.at("/States/Goes on?");
    List<String> next =
        Stream.of(choice.path("Choices").path(0), choice.path("Choices").path(1))
            .filter(it -> it.path("StringEquals").asText().equals(go.name()))
            .map(it -> it.path("Next").asText())
            .toList();

    switch (go) {
      case ROWS -> assertThat(next).containsExactly("Rows");
      case FINISHED -> assertThat(next).containsExactly("Finished");
      case STOPPED -> assertThat(next).isEmpty();
      case REPORTED -> assertThat(next).as("nobody who orders is answered so").isEmpty();
    }
    assertThat(choice.path("Default").asText()).isEqualTo("Stopped");
    assertThat(machine.at("/States/Stopped/Type").asText()).isEqualTo("Fail");
  }

  @Test
  void everyStateIsReached() {
    assertReached(machine);
    assertReached(rows.path("ItemProcessor"));
  }

  @Test
  void whatIsPutInIsWhatTheTemplateGives() {
    Set<String> used =
        SUBSTITUTION
            .matcher(text)
            .results()
            .map(it -> it.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> given =
        TemplateText.found("(?s)DefinitionSubstitutions:\n((?:        \\w+: [^\n]+\n)+)").stream()
            .flatMap(String::lines)
            .map(it -> it.strip().replaceAll(":.*", ""))
            .toList();

    assertThat(given).containsExactlyInAnyOrderElementsOf(used);
    assertThat(TemplateText.found("DefinitionUri: (\\S+)"))
        .containsExactly(FILE.getFileName().toString());
  }

  private static JsonNode row(String state) {
    JsonNode found = rows.at("/ItemProcessor/States").path(state);
    assertThat(found.isObject()).as(state).isTrue();
    return found;
  }

  private static List<String> retries(JsonNode task) {
    return Stream.iterate(0, i -> i < task.path("Retry").size(), i -> i + 1)
        .map(i -> task.path("Retry").path(i))
        .map(FleetDefinitionTest::words)
        .toList();
  }

  private static String words(JsonNode retry) {
    String error = String.join(", ", texts(retry.path("ErrorEquals")));
    if (retry.path("MaxAttempts").asInt(-1) == 0) {
      return error + ": never";
    }
    return "%s: %d times, after %d s, times %d%s%s"
        .formatted(
            error,
            retry.path("MaxAttempts").asInt(),
            retry.path("IntervalSeconds").asInt(),
            retry.path("BackoffRate").asInt(),
            retry.has("MaxDelaySeconds")
                ? " up to %d s".formatted(retry.path("MaxDelaySeconds").asInt())
                : "",
            retry.path("JitterStrategy").asText().equals("FULL") ? ", at random" : "");
  }

  /** The time-out of a function, as the template has it: in seconds. */
  private static int timeout(String function) {
    return Integer.parseInt(
        TemplateText.found("(?s)\n  " + function + ":\n.*?\n      Timeout: (\\d+)").get(0));
  }

  private static void assertReached(JsonNode states) {
    Set<String> reached = new TreeSet<>(Set.of(states.path("StartAt").asText()));
    states
        .path("States")
        .forEach(
            it -> {
              List<JsonNode> own = it.findValues("Next");
              if (it.has("ItemProcessor")) {
                own.removeAll(it.path("ItemProcessor").findValues("Next"));
                own.add(it.path("Next"));
              }
              own.forEach(next -> reached.add(next.asText()));
              if (it.has("Default")) {
                reached.add(it.path("Default").asText());
              }
            });
    Set<String> there = new TreeSet<>();
    states.path("States").fieldNames().forEachRemaining(there::add);
    assertThat(reached).isEqualTo(there);
  }

  private static List<String> quoted(List<String> words) {
    return words.stream().filter(it -> text.contains("\"" + it + "\"")).toList();
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toList();
  }

  private static List<String> texts(JsonNode array) {
    return Stream.iterate(0, i -> i < array.size(), i -> i + 1)
        .map(i -> array.path(i).asText())
        .toList();
  }
}
