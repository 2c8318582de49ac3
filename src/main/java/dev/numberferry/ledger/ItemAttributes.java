package dev.numberferry.ledger;

import dev.numberferry.domain.StoreException;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The attributes that items of the ledger's table share, whatever is in them. */
final class ItemAttributes {

  /** The table's key. */
  static final String NUMBER = "phoneNumberId";

  static final String FORMAT = "format";
  static final String REVISION = "revision";
  static final String WRITER = "writer";
  static final String DUE = "due";
  static final String DUE_AT = "dueAt";

  /** Version 0.1.0 wrote items without a format: they count as the first. */
  private static final int FIRST_FORMAT = 1;

  private ItemAttributes() {}

  /**
   * @throws StoreException if a newer version of this program wrote it, or nobody can tell, or
   *     nobody could write over it
   */
  static void check(Map<String, AttributeValue> item, int ownFormat, String what) {
    if (read(ItemAttributes::format, item, what) > ownFormat) {
      throw new StoreException(
          what + " was written by a newer version",
          "Nothing was sent: finish the deploy or the rollback, so that one version works on the"
              + " ledger, then send the same event again.");
    }
    read(ItemAttributes::revision, item, what);
  }

  static long revision(Map<String, AttributeValue> item) {
    return Long.parseLong(of(item, REVISION).n());
  }

  /** An attribute that every item has. */
  static AttributeValue of(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name), name);
  }

  static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  private static long format(Map<String, AttributeValue> item) {
    return item.containsKey(FORMAT) ? Integer.parseInt(item.get(FORMAT).n()) : FIRST_FORMAT;
  }

  private static long read(
      ToLongFunction<Map<String, AttributeValue>> attribute,
      Map<String, AttributeValue> item,
      String what) {
    try {
      return attribute.applyAsLong(item);
    } catch (RuntimeException e) {
      throw StoreException.unreadable(what);
    }
  }
}
