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
   * Reads some entries after others, and the brake beside the last of them.
   *
   * @param numbers each once; none where only the brake is asked for
   * @param each gets the entry of every number in any order, an empty one where there is none, and
   *     keeps what it needs of it
   * @return the brake
   * @throws StoreException if the ledger cannot be read
   */
  public BrakeState read(List<PhoneNumberId> numbers, Consumer<LedgerEntry> each) {
    int read = 0;
    BrakeState state;
    do {
      int next = Math.min(read + AT_ONCE, numbers.size());
      state = readSome(numbers.subList(read, next), each);
      read = next;
    } while (read < numbers.size());
    return state;
  }

  private BrakeState readSome(List<PhoneNumberId> numbers, Consumer<LedgerEntry> each) {
    Map<String, PhoneNumberId> left =
        new HashMap<>(numbers.stream().collect(Collectors.toMap(PhoneNumberId::value, it -> it)));
    List<Map<String, AttributeValue>> brakes = new ArrayList<>();
    items.readEach(
        Stream.concat(left.keySet().stream(), Stream.of(BrakeItem.KEY)).toList(),
        item ->
            Optional.ofNullable(left.remove(ItemAttributes.of(item, ItemAttributes.NUMBER).s()))
                .ifPresentOrElse(
                    number -> each.accept(mapping.read(number, item)), () -> brakes.add(item)));
    left.values().forEach(it -> each.accept(LedgerEntry.empty(it)));
    return brake.read(brakes.stream().findFirst());
  }
}
