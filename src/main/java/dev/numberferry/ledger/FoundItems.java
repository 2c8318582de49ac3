package dev.numberferry.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items of the ledger's table as they were read.
 *
 * @param byKey those that there are
 * @param now the table's own time
 */
record FoundItems(Map<String, Map<String, AttributeValue>> byKey, Instant now) {

  Optional<Map<String, AttributeValue>> item(String key) {
    return Optional.ofNullable(byKey.get(key));
  }
}
