package dev.numberferry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A line as CloudWatch reads it, which keeps to the format. Source: CloudWatch's specification of
 * the embedded metric format.
 *
 * @param root the whole line
 */
public record EmbeddedMetrics(JsonNode root) {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Set<String> UNITS = Set.of("Count", "Seconds", "Milliseconds");

  /** CloudWatch bills each value of a dimension: these have few. */
  private static final Set<String> DIMENSIONS = Set.of("status", "reason");

  /** A line that keeps to the format. */
  public static EmbeddedMetrics check(String line) {
    assertThat(line).doesNotContain("\n", "\r");
    assertThat(line.length()).isLessThan(256 * 1024);
    JsonNode root;
    try {
      root = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON", e);
    }
    EmbeddedMetrics metrics = new EmbeddedMetrics(root);
    metrics.check();
    return metrics;
  }

  private void check() {
    JsonNode aws = root.path("_aws");
    assertThat(names(aws)).containsExactlyInAnyOrder("Timestamp", "CloudWatchMetrics");
    assertThat(aws.path("Timestamp").isIntegralNumber()).isTrue();
    assertThat(aws.path("CloudWatchMetrics").isArray()).isTrue();
    aws.path("CloudWatchMetrics").forEach(this::checkDirective);
  }

  private void checkDirective(JsonNode directive) {
    assertThat(names(directive)).containsExactlyInAnyOrder("Namespace", "Dimensions", "Metrics");
    assertThat(directive.path("Namespace").textValue()).isNotEmpty();
    assertThat(directive.path("Dimensions")).isNotEmpty().allMatch(JsonNode::isArray);
    directive
        .path("Dimensions")
        .forEach(set -> set.forEach(name -> checkDimension(name.textValue())));
    assertThat(directive.path("Metrics")).isNotEmpty().hasSizeLessThanOrEqualTo(100);
    directive.path("Metrics").forEach(this::checkMetric);
  }

  private void checkDimension(String name) {
    assertThat(DIMENSIONS).contains(name);
    assertThat(root.path(name).isTextual()).as("%s is a member of the root", name).isTrue();
    assertThat(root.path(name).textValue()).isNotEmpty().hasSizeLessThanOrEqualTo(1024);
  }

  private void checkMetric(JsonNode metric) {
    assertThat(names(metric)).containsExactlyInAnyOrder("Name", "Unit");
    assertThat(UNITS).contains(metric.path("Unit").textValue());
    String name = metric.path("Name").textValue();
    assertThat(root.path(name).isNumber()).as("%s is a number of the root", name).isTrue();
  }

  private static List<String> names(JsonNode node) {
    return StreamSupport.stream(((Iterable<String>) node::fieldNames).spliterator(), false)
        .toList();
  }

  /** Every metric with its value, by its name. */
  public Map<String, Long> values() {
    Map<String, Long> values = new LinkedHashMap<>();
    directives()
        .flatMap(it -> stream(it.path("Metrics")))
        .map(it -> it.path("Name").textValue())
        .forEach(it -> values.put(it, root.path(it).longValue()));
    return values;
  }

  /** The sets of fields by which a metric is counted. */
  public List<List<String>> dimensions(String metric) {
    return directives()
        .filter(
            it ->
                stream(it.path("Metrics")).anyMatch(m -> metric.equals(m.path("Name").textValue())))
        .flatMap(it -> stream(it.path("Dimensions")))
        .map(set -> stream(set).map(JsonNode::textValue).toList())
        .toList();
  }

  public String namespace() {
    return directives()
        .map(it -> it.path("Namespace").textValue())
        .distinct()
        .reduce("", String::concat);
  }

  /** A member of the root, as text; null where there is none. */
  public String get(String field) {
    return root.hasNonNull(field) ? root.path(field).asText() : null;
  }

  private Stream<JsonNode> directives() {
    return stream(root.at("/_aws/CloudWatchMetrics"));
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
