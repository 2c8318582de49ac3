package dev.numberferry.function;

import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.event.Echo;
import dev.numberferry.event.MigrationEvent;
import dev.numberferry.event.Payload;
import dev.numberferry.event.S3Upload;
import dev.numberferry.migration.SideRequests;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Publishes that an event cannot be used. */
@Singleton
class Refusals {

  private static final Logger LOG = Logger.getLogger(Refusals.class);

  private final SideRequests sideRequests;

  Refusals(SideRequests sideRequests) {
    this.sideRequests = sideRequests;
  }

  /**
   * Publishes it as INVALID, unless it is an {@link Echo}: each refusal would be the next event,
   * for ever.
   *
   * @return the result that was published, if one was
   */
  Optional<MigrationResult> refuse(Payload event, Delivery delivery, InvalidInputException reason) {
    Optional<Echo> echo = Echo.of(event.json());
    if (echo.isPresent()) {
      LOG.warnf("Passed over: %s. %s", echo.get().words(), echo.get().cure());
      return Optional.empty();
    }
    return Optional.of(
        sideRequests.refuse(
            delivery, number(event, reason), MigrationEvent.isDryRun(event.json()), reason));
  }

  /** Publishes as INVALID what is no event by itself, as one of several uploads. */
  MigrationResult refuse(
      Delivery delivery, Optional<PhoneNumberId> number, InvalidInputException reason) {
    return sideRequests.refuse(delivery, number, false, reason);
  }

  /** No number where the event names two. */
  private static Optional<PhoneNumberId> number(Payload event, InvalidInputException reason) {
    return reason.findings().get(0).field().startsWith("phoneNumberId")
        ? Optional.empty()
        : MigrationEvent.numberIn(event.json()).or(() -> S3Upload.numberIn(event.json()));
  }
}
