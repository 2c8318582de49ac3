package dev.numberferry.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.InvalidInput;
import dev.numberferry.migration.Migration;
import dev.numberferry.migration.MigrationRequest;
import dev.numberferry.migration.MigrationResult;
import io.quarkus.funqy.Funq;

/** The way in for a direct invoke: one migration event. */
public class MigrateFunction {

  private final Migration migration;

  MigrateFunction(Migration migration) {
    this.migration = migration;
  }

  /** Takes JSON of any shape, so that a wrong one gets an answer that says what is wrong. */
  @Funq("migrate")
  public MigrationResult migrate(JsonNode event) {
    MigrationRequest request;
    try {
      request = MigrationEvent.read(event, "direct");
    } catch (InvalidInput e) {
      return migration.refuse(MigrationEvent.numberIn(event), e);
    }
    return migration.carry(request);
  }
}
