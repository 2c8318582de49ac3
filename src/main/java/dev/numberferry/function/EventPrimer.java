package dev.numberferry.function;

import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.Trigger;
import dev.numberferry.event.EventKind;
import dev.numberferry.event.MigrationEvent;
import dev.numberferry.event.Payload;
import dev.numberferry.support.Primer;
import jakarta.inject.Singleton;

/** Makes the reading of events ready. */
@Singleton
class EventPrimer implements Primer {

  /** A number that nobody has, and nothing happens with it. */
  private static final String EVENT =
      "{\"phoneNumberId\": \"10000\", \"backup\": {\"bucket\": \"none\", \"key\": \"none\"}}";

  @Override
  public void prime() {
    Payload event = Payload.of(EVENT);
    EventKind.of(event.json());
    MigrationEvent.read(event.json(), Delivery.of(Trigger.DIRECT));
  }
}
