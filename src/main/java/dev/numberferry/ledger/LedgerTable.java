package dev.numberferry.ledger;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.BrakeState;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.StoreException;
import dev.numberferry.support.Machine;
import dev.numberferry.support.Primer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The ledger's DynamoDB table: one item a number, written as a whole over the revision read. */
@ApplicationScoped
class LedgerTable implements Primer {

  private static final PhoneNumberId NOBODYS = new PhoneNumberId("10000");

  private final FerryConfig config;
  private final TableItems items;
  private final LedgerItem mapping;
  private final BrakeItem brake;
  private final Machine machine;

  LedgerTable(
      FerryConfig config, TableItems items, LedgerItem mapping, BrakeItem brake, Machine machine) {
    this.config = config;
    this.items = items;
    this.mapping = mapping;
    this.brake = brake;
    this.machine = machine;
  }

  /**
   * Reads a number's entry, and the brake beside it.
   *
   * @throws StoreException if the table cannot be read
   */
  LedgerSnapshot read(PhoneNumberId number) {
    TableItems.Found found = items.read(number.value(), BrakeItem.KEY);
    var item = found.item(number.value());
    return new LedgerSnapshot(
        item.map(it -> mapping.read(number, it)).orElseGet(() -> LedgerEntry.empty(number)),
        item.map(ItemAttributes::revision).orElse(0L),
        brake.read(found.item(BrakeItem.KEY)),
        LedgerTime.heard(found.now(), machine));
  }

  /**
   * Writes an entry if no other writer has changed it since it was read.
   *
   * @return the entry as it now stands, or nothing where another writer has changed it
   * @throws StoreException if it is not known whether it was written
   */
  Optional<LedgerSnapshot> write(LedgerSnapshot read, LedgerEntry next) {
    return items.write(item(read, next), read.revision())
        ? Optional.of(read.written(next))
        : Optional.empty();
  }

  /**
   * Makes a change over an entry as it is known, and where another writer was faster, over the
   * entry as it is read again.
   *
   * @return the entry as it now stands
   * @throws StoreException if it is not known whether it was written
   */
  LedgerSnapshot change(LedgerSnapshot known, int tries, UnaryOperator<LedgerEntry> change) {
    LedgerSnapshot snapshot = known;
    for (int i = 0; i < tries; i++) {
      LedgerEntry next = change.apply(snapshot.entry());
      if (next.equals(snapshot.entry())) {
        return snapshot;
      }
      Optional<LedgerSnapshot> written = write(snapshot, next);
      if (written.isPresent()) {
        return written.get();
      }
      snapshot = read(known.entry().number());
    }
    throw contended(known);
  }

  static StoreException contended(LedgerSnapshot known) {
    return StoreException.contended("the ledger's entry of number " + known.entry().number());
  }

  /** Makes the client, and the reading and writing of entries, ready. */
  @Override
  public void prime() throws IOException {
    LedgerEntry empty = LedgerEntry.empty(NOBODYS);
    var item =
        item(
            new LedgerSnapshot(empty, 0, BrakeState.NEW, LedgerTime.heard(Instant.EPOCH, machine)),
            empty);
    mapping.read(NOBODYS, item);
    items.writeDry(item);
  }

  /** The size of an entry as it is kept, in bytes. */
  int size(LedgerEntry entry) {
    return mapping.size(entry);
  }

  private Map<String, AttributeValue> item(LedgerSnapshot read, LedgerEntry next) {
    Instant now = read.now();
    return mapping.write(
        next,
        read.revision() + 1,
        SweepSchedule.due(next, now, config.longestRun()),
        now.plus(config.ledgerTtl()));
  }
}
