package dev.numberferry.ledger;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.BrakeState;
import dev.numberferry.domain.BrakeState.CountedHarm;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.StoreException;
import dev.numberferry.support.Machine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The brake over all numbers: one item of the ledger's table. Whatever is done to it may be done
 * again, by anybody, and changes nothing then.
 */
@ApplicationScoped
public class Brake {

  /** Of so many who write at once one succeeds each time. */
  private static final int TRIES = 20;

  private final TableItems items;
  private final BrakeItem mapping;
  private final BrakeState.Limit limit;
  private final Machine machine;

  Brake(FerryConfig config, TableItems items, BrakeItem mapping, Machine machine) {
    this.items = items;
    this.mapping = mapping;
    this.limit = new BrakeState.Limit(config.brakeAfter(), config.brakeWindow());
    this.machine = machine;
  }

  /**
   * @throws StoreException if it cannot be read
   */
  public BrakeState state() {
    TableItems.Found found = items.read(BrakeItem.KEY);
    return mapping.read(found.item(BrakeItem.KEY)).within(limit, found.now());
  }

  /**
   * Counts a harm, which may engage the brake; nothing is counted where {@code FERRY_BRAKE_AFTER}
   * is 0.
   *
   * @return the brake after it
   * @throws StoreException if it is not known whether it was counted
   */
  public BrakeState count(CountedHarm harm) {
    String brakeId = machine.newId();
    return limit.after() == 0
        ? BrakeState.NEW
        : change((state, now) -> state.counting(harm, limit, now, brakeId));
  }

  /**
   * Forgets a harm that turned out to be none.
   *
   * @throws StoreException if it is not known whether it was forgotten
   */
  public void forget(String migrationId) {
    change((state, now) -> state.forgetting(migrationId));
  }

  /**
   * Engages it, for a person.
   *
   * @return the brake after it
   * @throws StoreException if it is not known whether it was engaged
   */
  public BrakeState engage(String by, String reason) {
    String brakeId = machine.newId();
    return change((state, now) -> state.engagedBy(by, reason, now, brakeId));
  }

  /**
   * Releases what a person names.
   *
   * @return the brake after it
   * @throws InvalidInputException if it names nothing that is engaged
   * @throws StoreException if it is not known whether it was released
   */
  public BrakeState release(String by, String reason, Optional<String> brakeId) {
    return change((state, now) -> state.releasedBy(by, reason, now, brakeId));
  }

  /**
   * Keeps that the topic took the message of an engagement.
   *
   * @return the brake after it
   * @throws StoreException if it is not known whether it was marked
   */
  public BrakeState markPublished(String brakeId) {
    return change((state, now) -> state.published(brakeId));
  }

  private BrakeState change(BiFunction<BrakeState, Instant, BrakeState> change) {
    for (int i = 0; i < TRIES; i++) {
      TableItems.Found found = items.read(BrakeItem.KEY);
      Optional<Map<String, AttributeValue>> item = found.item(BrakeItem.KEY);
      BrakeState state = mapping.read(item);
      BrakeState next = change.apply(state, found.now());
      long revision = item.map(ItemAttributes::revision).orElse(0L);
      if (next.equals(state) || items.write(mapping.write(next, revision + 1), revision)) {
        return next;
      }
    }
    throw StoreException.contended("the brake's state");
  }
}
