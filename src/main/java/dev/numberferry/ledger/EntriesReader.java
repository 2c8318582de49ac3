package dev.numberferry.ledger;

import dev.numberferry.domain.BrakeState;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.StoreException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the entries of many numbers, and changes none. */
@ApplicationScoped
public class EntriesReader {

  /**
   * So many are held at once, whatever the heap would take: an item may have 400 KB, though most
   * have a few.
   */
  private static final int AT_ONCE = 25;

  private final TableItems items;
  private final LedgerItem mapping;
  private final BrakeItem brake;

  EntriesReader(TableItems items, LedgerItem mapping, BrakeItem brake) {
    this.items = items;
    this.mapping = mapping;
    this.brake = brake;
  }

  /**
   * Reads some entries after others, and the brake beside each of these.
   *
   * @param numbers each once
   * @param each gets the entry of every number in any order, an empty one where there is none, and
   *     keeps what it needs of it
   * @param unreadable gets each number whose entry is there and cannot be read, and why
   * @return the brake, as it was beside the last of them
   * @throws StoreException if the ledger cannot be read
   */
  public BrakeState read(
      List<PhoneNumberId> numbers,
      Consumer<LedgerEntry> each,
      BiConsumer<PhoneNumberId, StoreException> unreadable) {
    int read = 0;
    BrakeState state;
    do {
      int next = Math.min(read + AT_ONCE, numbers.size());
      state = readSome(numbers.subList(read, next), each, unreadable);
      read = next;
    } while (read < numbers.size());
    return state;
  }

  /**
   * Reads the brake alone.
   *
   * @throws StoreException if the ledger cannot be read
   */
  public BrakeState readBrake() {
    return readSome(List.of(), entry -> {}, (number, why) -> {});
  }

  private BrakeState readSome(
      List<PhoneNumberId> numbers,
      Consumer<LedgerEntry> each,
      BiConsumer<PhoneNumberId, StoreException> unreadable) {
    Map<String, PhoneNumberId> left =
        new HashMap<>(numbers.stream().collect(Collectors.toMap(PhoneNumberId::value, it -> it)));
    List<Map<String, AttributeValue>> brakes = new ArrayList<>();
    items.readEach(
        Stream.concat(left.keySet().stream(), Stream.of(BrakeItem.KEY)).toList(),
        item ->
            Optional.ofNullable(left.remove(ItemAttributes.of(item, ItemAttributes.NUMBER).s()))
                .ifPresentOrElse(
                    number -> entry(number, item, unreadable).ifPresent(each),
                    () -> brakes.add(item)));
    left.values().forEach(it -> each.accept(LedgerEntry.empty(it)));
    return brake.read(brakes.stream().findFirst());
  }

  /** One that cannot be read keeps nobody from the others. */
  private Optional<LedgerEntry> entry(
      PhoneNumberId number,
      Map<String, AttributeValue> item,
      BiConsumer<PhoneNumberId, StoreException> unreadable) {
    try {
      return Optional.of(mapping.read(number, item));
    } catch (StoreException e) {
      unreadable.accept(number, e);
      return Optional.empty();
    }
  }
}
