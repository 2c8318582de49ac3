package dev.numberferry.simulation;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The ledger's table at one moment, as far as DynamoDB lets one tell: {@link TableTest} holds it
 * against DynamoDB Local. Its index shows every write at once.
 */
record Table(Map<String, Item> items) {

  /**
   * A write as DynamoDB answers it.
   *
   * @param met the item that did not fit its condition
   */
  record Put(boolean done, Optional<Item> met) {}

  /** A condition with the names and values that stand in it. */
  record Condition(
      String expression, Map<String, String> names, Map<String, AttributeValue> values) {

    private static final Pattern IS_ABSENT = Pattern.compile("attribute_not_exists\\((\\S+)\\)");
    private static final Pattern IS_EQUAL = Pattern.compile("(\\S+) = (\\S+)");

    boolean fits(Optional<Item> item) {
      return Pattern.compile(" OR ").splitAsStream(expression).anyMatch(it -> fits(it, item));
    }

    private boolean fits(String term, Optional<Item> item) {
      Matcher absent = IS_ABSENT.matcher(term);
      if (absent.matches()) {
        return value(item, absent.group(1)).isEmpty();
      }
      Matcher equal = IS_EQUAL.matcher(term);
      if (equal.matches()) {
        return value(item, equal.group(1))
            .filter(Predicate.isEqual(values.get(equal.group(2))))
            .isPresent();
      }
      throw new AssertionError("A condition that the model does not know: " + expression);
    }

    private Optional<AttributeValue> value(Optional<Item> item, String name) {
      return item.map(it -> it.attributes().get(names.getOrDefault(name, name)));
    }
  }

  static final Table EMPTY = new Table(Map.of());

  Optional<Item> get(String key) {
    return Optional.ofNullable(items.get(key));
  }

  /** What a write is answered. */
  Put put(Item item, Condition condition) {
    Optional<Item> before = get(item.key());
    return condition.fits(before) ? new Put(true, Optional.empty()) : new Put(false, before);
  }

  /** The table with an item. */
  Table with(Item item) {
    Map<String, Item> next = new HashMap<>(items);
    next.put(item.key(), item);
    return new Table(Map.copyOf(next));
  }

  /** What the index has, the longest due first. */
  List<Item> due() {
    return items.values().stream()
        .filter(Item::isDue)
        .sorted(
            Comparator.<Item>comparingLong(it -> Long.parseLong(it.attributes().get("dueAt").n()))
                .thenComparing(Item::key))
        .toList();
  }
}
