package dev.numberferry.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of JSON at whose root everything stands, and which tells CloudWatch what of it is a
 * metric. No number and no id is a dimension: each value of one is billed as a metric of its own.
 *
 * <p>Source: CloudWatch's specification of the embedded metric format.
 */
final class WideLine {

  private enum Unit {
    COUNT("Count"),
    SECONDS("Seconds"),
    MILLISECONDS("Milliseconds");

    private final String word;

    Unit(String word) {
      this.word = word;
    }
  }

  private final ObjectNode root = JsonNodeFactory.instance.objectNode();
  private final ArrayNode directives = JsonNodeFactory.instance.arrayNode();
  private final String namespace;
  private final Instant at;
  private final ArrayNode metrics;

  WideLine(String namespace, Instant at) {
    this.namespace = namespace;
    this.at = at;
    this.metrics = directive(List.of(List.of()));
  }

  WideLine with(String field, @Nullable String value) {
    if (value != null) {
      root.put(field, value);
    }
    return this;
  }

  WideLine with(String field, @Nullable Number value) {
    if (value != null) {
      root.put(field, value.longValue());
    }
    return this;
  }

  WideLine with(String field, @Nullable Boolean value) {
    if (value != null) {
      root.put(field, value);
    }
    return this;
  }

  WideLine with(String field, @Nullable Duration value) {
    return with(field, value == null ? null : (Number) value.toMillis());
  }

  WideLine count(String metric, @Nullable Integer value) {
    return metric(metrics, metric, Unit.COUNT, value);
  }

  WideLine count(String metric, @Nullable Boolean happened) {
    return count(metric, happened == null ? null : (Integer) (happened ? 1 : 0));
  }

  WideLine millis(String metric, @Nullable Duration value) {
    return metric(metrics, metric, Unit.MILLISECONDS, value == null ? null : value.toMillis());
  }

  WideLine seconds(String metric, @Nullable Duration value) {
    return metric(metrics, metric, Unit.SECONDS, value == null ? null : value.toSeconds());
  }

  /** Counts one, by each of these sets of fields: an empty set counts all. */
  WideLine one(String metric, List<List<String>> dimensions) {
    return metric(directive(dimensions), metric, Unit.COUNT, 1);
  }

  private WideLine metric(ArrayNode where, String name, Unit unit, @Nullable Number value) {
    if (value != null) {
      where.addObject().put("Name", name).put("Unit", unit.word);
    }
    return with(name, value);
  }

  private ArrayNode directive(List<List<String>> dimensions) {
    ObjectNode directive = directives.addObject().put("Namespace", namespace);
    ArrayNode sets = directive.putArray("Dimensions");
    dimensions.forEach(set -> set.forEach(sets.addArray()::add));
    return directive.putArray("Metrics");
  }

  @Override
  public String toString() {
    ObjectNode aws = root.putObject("_aws").put("Timestamp", at.toEpochMilli());
    aws.set("CloudWatchMetrics", directives);
    return root.toString();
  }
}
