package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.Urgency;
import dev.numberferry.infra.TemplateText;
import dev.numberferry.metrics.CheckedLines;
import dev.numberferry.metrics.EmbeddedMetrics;
import io.quarkus.logging.json.runtime.JsonFormatter;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the template's saved queries ask for stands in the lines that runs write. */
@QuarkusTest
class SavedQueriesTest extends FunctionTestBase {

  /** Also what ends a query in YAML: a line with less space before it. */
  private static final String QUERY = "QueryString: \\|\n((?: {8}.*\n)+)";

  private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");
  private static final Pattern NAME = Pattern.compile("@?[A-Za-z][\\w.]*");

  /** Words of the query language, and what Logs Insights itself knows of a line. */
  private static final Set<String> LANGUAGE =
      Set.of(
          "fields",
          "filter",
          "sort",
          "asc",
          "desc",
          "limit",
          "as",
          "and",
          "or",
          "not",
          "in",
          "like",
          "ispresent",
          "coalesce",
          "@timestamp");

  /** As Lambda tells of an invocation that did not succeed, after its Telemetry API's schema. */
  private static final Set<String> FAILED = Set.of("failure", "error", "timeout");

  /** All that there is of a run that was cut off, in a log whose format is JSON. */
  private static final String REPORT =
      """
      {"time":"2026-11-29T06:45:22.521Z","type":"platform.report","record":{
        "requestId":"0cdf9809-69e3-4fd1-9fc1-357968e67f79","status":"failure",
        "errorType":"Runtime.ExitError","metrics":{"durationMs":1233.96,"billedDurationMs":1698,
        "memorySizeMB":256,"maxMemoryUsedMB":256}}}\
      """;

  @ConfigProperty(name = "quarkus.log.console.json.excluded-keys")
  Set<String> leftOut;

  private final Lines lines = new Lines();

  @BeforeEach
  void listen() {
    lines.formatter.setExcludedKeys(leftOut);
    Logger.getLogger("").addHandler(lines);
    CheckedLines.news();
  }

  @AfterEach
  void listenNoMore() {
    Logger.getLogger("").removeHandler(lines);
  }

  @Test
  void everyFieldIsOneOfALine() {
    Set<String> fields = new HashSet<>();
    written().forEach(it -> collect(it, "", fields));

    assertThat(queries())
        .allSatisfy(it -> assertThat(fieldsOf(it)).hasSizeGreaterThan(5).isSubsetOf(fields));
  }

  /** Its process writes no line any more. */
  @Test
  void whatNeedsAPersonFindsARunThatWasCutOff() {
    List<String> asking =
        queries().stream().filter(it -> it.contains("record.status in [")).toList();

    assertThat(asking)
        .singleElement()
        .satisfies(it -> assertThat(code(it)).contains("urgency in ["));
    String listed = asking.get(0).replaceAll("(?s).*record\\.status in \\[([^]]*)].*", "$1");
    assertThat(TEXT.matcher(listed).results().map(it -> it.group(1)))
        .containsExactlyInAnyOrderElementsOf(FAILED)
        .contains(parse(REPORT).at("/record/status").asText());
  }

  @Test
  void everySentenceIsOneOfALine() {
    Set<String> words = new HashSet<>(Set.of("ID"));
    Arrays.stream(Urgency.values()).map(Urgency::word).forEach(words::add);
    words.addAll(FAILED);
    for (JsonNode line : written()) {
      words.add(line.path("level").asText());
      words.add(line.path("message").asText());
    }

    assertThat(queries())
        .allSatisfy(
            it ->
                assertThat(TEXT.matcher(code(it)).results().map(found -> found.group(1)))
                    .isSubsetOf(words));
    assertThat(words).anyMatch(it -> it.startsWith("Ended"));
  }

  private static List<String> queries() {
    List<String> queries = TemplateText.found(QUERY);
    assertThat(queries)
        .hasSameSizeAs(TemplateText.ofType("AWS::Logs::QueryDefinition"))
        .isNotEmpty();
    return queries;
  }

  /** All lines of a call that took a line down, one that nobody knows of, and one held back. */
  private List<JsonNode> written() {
    outside.graph().refuses(400, 133005);
    invokeSample();
    invoke(sampleRetrying("again"));
    outside.graph().answers(aResponse().withStatus(502));
    outside.topic().fails();
    invoke(sampleOf(OTHER_NUMBER).toString());
    lines.all.addAll(CheckedLines.news().stream().map(EmbeddedMetrics::root).toList());
    lines.all.add(parse(REPORT));
    return lines.all;
  }

  private static Set<String> fieldsOf(String query) {
    String bare = TEXT.matcher(code(query)).replaceAll("").replaceAll("/[^/]*/", "");
    Set<String> names = new HashSet<>();
    NAME.matcher(bare.replaceAll("\\bas \\w+", ""))
        .results()
        .map(MatchResult::group)
        .forEach(names::add);
    names.removeAll(LANGUAGE);
    return names;
  }

  private static String code(String query) {
    return query.replaceAll("(?m)^ *#.*$", "");
  }

  private static void collect(JsonNode node, String before, Set<String> fields) {
    node.properties()
        .forEach(
            it -> {
              fields.add(before + it.getKey());
              collect(it.getValue(), before + it.getKey() + ".", fields);
            });
  }

  /** Lines of the log as the console of the binary has them. */
  private static final class Lines extends Handler {

    private final JsonFormatter formatter = new JsonFormatter();
    private final List<JsonNode> all = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord line) {
      if (line.getLoggerName().startsWith("dev.numberferry")) {
        all.add(parse(formatter.format(ExtLogRecord.wrap(line))));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
