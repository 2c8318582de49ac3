package dev.numberferry.function;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.FunctionNames;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Trigger;
import dev.numberferry.event.Echo;
import dev.numberferry.event.Envelope;
import dev.numberferry.event.EventKind;
import dev.numberferry.event.MigrationEvent;
import dev.numberferry.event.Payload;
import dev.numberferry.migration.MessageWaits;
import dev.numberferry.migration.Migrator;
import dev.numberferry.migration.UnfinishedException;
import io.quarkus.funqy.Funq;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The way in for a direct invoke with one migration event, and for the migrations queue. */
public class MigrateFunction {

  private final Migrator migrator;
  private final Refusals refusals;
  private final MessageWaits waits;
  private final ObjectMapper json;

  MigrateFunction(Migrator migrator, Refusals refusals, MessageWaits waits, ObjectMapper json) {
    this.migrator = migrator;
    this.refusals = refusals;
    this.waits = waits;
    this.json = json;
  }

  /**
   * Takes an event of any shape, so that a wrong one gets an answer that says what is wrong.
   *
   * @return the result, or for a batch the messages that have to come again
   */
  @Funq(FunctionNames.MIGRATE)
  public Object migrate(Payload event) {
    return Failures.logged(() -> handle(event));
  }

  private Object handle(Payload event) {
    if (EventKind.of(event.json()) == EventKind.SQS_BATCH) {
      return SqsBatchResponse.handle(
          event.json(), waits, message -> migrate(message.body(), message.delivery(Trigger.QUEUE)));
    }
    try {
      return answer(event, migrate(event, Delivery.of(Trigger.DIRECT)));
    } catch (UnfinishedException e) {
      throw new FailedInvocation(e, json);
    } catch (NotBegunException e) {
      throw new FailedInvocation(e);
    }
  }

  private List<MigrationResult> migrate(Payload event, Delivery delivery) {
    return BatchRunner.of(Envelope.open(event), migrator::hasTime, it -> migrateOne(it, delivery))
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<MigrationResult> migrateOne(Payload event, Delivery delivery) {
    MigrationRequest request;
    try {
      request =
          MigrationEvent.read(
              EventKind.only(
                  event,
                  FunctionNames.MIGRATE,
                  "a migration event or a batch of them",
                  "Send it to the function for events of its kind."),
              delivery);
      if (delivery.isFromQueue()) {
        request.requireStoredBackup();
      }
    } catch (InvalidInputException e) {
      return refusals.refuse(event, delivery, e);
    }
    return Optional.of(migrator.migrate(request));
  }

  private static Object answer(Payload event, List<MigrationResult> results) {
    return switch (results.size()) {
      case 0 -> Map.of("passedOver", passedOver(event));
      case 1 -> results.get(0);
      default -> results;
    };
  }

  private static String passedOver(Payload event) {
    return Envelope.open(event).stream()
        .flatMap(it -> Echo.of(it.json()).stream())
        .map(Echo::words)
        .distinct()
        .collect(Collectors.joining(", and "));
  }
}
