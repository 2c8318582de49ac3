package dev.numberferry.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.numberferry.domain.BrakeState;
import dev.numberferry.domain.BrakeState.CountedHarm;
import dev.numberferry.domain.Harm;
import dev.numberferry.domain.StoreException;
import dev.numberferry.support.PlainJson;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The brake as an item of the table, beside those of the numbers. It never expires, and no sweep
 * finds it in the index {@code due}.
 */
@ApplicationScoped
@RegisterForReflection(
    targets = {
      BrakeState.class,
      BrakeState.Engagement.class,
      BrakeState.Release.class,
      CountedHarm.class,
      Harm.class
    })
class BrakeItem {

  /** No number has this key. */
  static final String KEY = "#brake";

  private static final String BRAKE = "brake";

  /** The format of the item that is written here. */
  private static final int OWN_FORMAT = 1;

  private final ObjectMapper json;

  BrakeItem(ObjectMapper json) {
    this.json = json;
  }

  Map<String, AttributeValue> write(BrakeState state, long revision) {
    return Map.of(
        ItemAttributes.NUMBER,
        ItemAttributes.text(KEY),
        ItemAttributes.FORMAT,
        ItemAttributes.number(OWN_FORMAT),
        ItemAttributes.REVISION,
        ItemAttributes.number(revision),
        BRAKE,
        ItemAttributes.text(PlainJson.write(json, state)));
  }

  /**
   * @param item nothing where the brake was never written
   * @throws StoreException if a newer version of this program wrote it, or it cannot be read
   */
  BrakeState read(Optional<Map<String, AttributeValue>> item) {
    return item.map(this::read).orElse(BrakeState.NEW);
  }

  private BrakeState read(Map<String, AttributeValue> item) {
    ItemAttributes.refuseNewer(item, OWN_FORMAT, "the brake's state");
    try {
      return json.readValue(ItemAttributes.of(item, BRAKE).s(), BrakeState.class);
    } catch (JsonProcessingException | RuntimeException e) {
      throw StoreException.unreadable("the brake's state");
    }
  }
}
