package dev.numberferry.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.migration.Migrator;
import io.quarkus.funqy.Funq;

/** The way in for a direct invoke with one migration event, and for the migrations queue. */
public class MigrateFunction {

  private final Migrator migrator;

  MigrateFunction(Migrator migrator) {
    this.migrator = migrator;
  }

  /**
   * Takes JSON of any shape, so that a wrong one gets an answer that says what is wrong.
   *
   * @return the result, or for a batch the messages that have to come again
   */
  @Funq("migrate")
  public Object migrate(JsonNode event) {
    return EventKind.of(event) == EventKind.SQS_BATCH
        ? SqsBatchResponse.handle(event, this::fromQueue)
        : direct(event);
  }

  MigrationResult direct(JsonNode event) {
    MigrationRequest request;
    try {
      EventKind kind = EventKind.of(event);
      if (kind != EventKind.OTHER) {
        throw kind.notFor(
            "migrate",
            "a migration event or a batch of them",
            "Send it to the function for events of its kind.");
      }
      request = MigrationEvent.read(event, Delivery.of("direct"));
    } catch (InvalidInputException e) {
      return migrator.refuse(MigrationEvent.numberIn(event), e);
    }
    return migrator.migrate(request);
  }

  private void fromQueue(JsonNode event) {
    MigrationRequest request;
    try {
      request = MigrationEvent.read(event, Delivery.of("queue"));
      request.requireStoredBackup();
    } catch (InvalidInputException e) {
      migrator.refuse(MigrationEvent.numberIn(event), e);
      return;
    }
    migrator.migrate(request);
  }
}
