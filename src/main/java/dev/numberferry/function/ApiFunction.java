package dev.numberferry.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.numberferry.InvalidInput;
import dev.numberferry.PhoneNumberId;
import dev.numberferry.StoreFailure;
import dev.numberferry.StrictJson;
import dev.numberferry.migration.Migration;
import dev.numberferry.migration.MigrationRequest;
import dev.numberferry.migration.UnfinishedException;
import dev.numberferry.queue.MigrationQueue;
import io.quarkus.funqy.Funq;
import java.util.Optional;

/** The way in for requests: {@code POST /migrations} and {@code GET /migrations/{id}}. */
public class ApiFunction {

  private static final String MIGRATIONS = "/migrations";

  private final Migration migration;
  private final MigrationQueue queue;
  private final ObjectMapper json;

  ApiFunction(Migration migration, MigrationQueue queue, ObjectMapper json) {
    this.migration = migration;
    this.queue = queue;
    this.json = json;
  }

  /**
   * Takes requests of an HTTP API, payload 2.0.
   *
   * @throws InvalidInput if it is another kind of event
   */
  @Funq("api")
  public HttpAnswer.Wire api(JsonNode event) {
    EventKind kind = EventKind.of(event);
    if (kind != EventKind.HTTP_REQUEST) {
      throw kind.notFor(
          "api", "requests of an HTTP API, payload 2.0", "Send migration events to migrate.");
    }
    HttpAnswer answer = answer(HttpRequest.of(event));
    return new HttpAnswer.Wire(answer.status(), answer.headers(), text(answer.body()));
  }

  private HttpAnswer answer(HttpRequest request) {
    try {
      if (request.path().equals(MIGRATIONS)) {
        return request.method().equals("POST")
            ? post(request)
            : HttpAnswer.methodNotAllowed("POST");
      }
      if (request.path().startsWith(MIGRATIONS + "/")) {
        return request.method().equals("GET") ? get(request) : HttpAnswer.methodNotAllowed("GET");
      }
      return HttpAnswer.problem(
          404, "Not found", "There are POST /migrations and GET /migrations/{phoneNumberId}.");
    } catch (UnfinishedException e) {
      return HttpAnswer.unfinished(e.result());
    } catch (StoreFailure e) {
      return HttpAnswer.problem(503, e.getMessage(), e.cure());
    }
  }

  private HttpAnswer post(HttpRequest request) {
    Optional<JsonNode> event = StrictJson.parse(request.body()).filter(it -> !it.isMissingNode());
    if (event.isEmpty()) {
      return HttpAnswer.problem(400, "The body is no JSON", "Send a migration event as the body.");
    }
    MigrationRequest migrationRequest;
    try {
      migrationRequest = MigrationEvent.read(event.get(), "api");
      if (request.respondAsync()) {
        return queued(migrationRequest.withoutCredential(), event.get());
      }
    } catch (InvalidInput e) {
      return HttpAnswer.of(migration.refuse(MigrationEvent.numberIn(event.get()), e));
    }
    return HttpAnswer.of(migration.carry(migrationRequest));
  }

  private HttpAnswer queued(MigrationRequest request, JsonNode event) {
    queue.send(event.toString());
    return HttpAnswer.accepted(MIGRATIONS + "/" + request.phoneNumberId());
  }

  private HttpAnswer get(HttpRequest request) {
    try {
      PhoneNumberId number = new PhoneNumberId(request.path().substring(MIGRATIONS.length() + 1));
      return migration
          .history(number)
          .map(HttpAnswer::ok)
          .orElseGet(() -> HttpAnswer.problem(404, "Not found", "The ledger knows nothing of it."));
    } catch (InvalidInput e) {
      return HttpAnswer.problem(404, e.getMessage(), e.cure());
    }
  }

  private String text(Object body) {
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An answer is plain data and can be written", e);
    }
  }
}
