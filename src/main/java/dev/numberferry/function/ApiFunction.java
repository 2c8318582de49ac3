package dev.numberferry.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.StoreException;
import dev.numberferry.migration.MigrationDesk;
import dev.numberferry.migration.Migrator;
import dev.numberferry.migration.UnfinishedException;
import dev.numberferry.support.StrictJson;
import io.quarkus.funqy.Funq;
import java.util.Optional;

/** The way in for requests: {@code POST /migrations} and {@code GET /migrations/{id}}. */
public class ApiFunction {

  private static final String MIGRATIONS = "/migrations";

  private final Migrator migrator;
  private final MigrationDesk desk;
  private final ObjectMapper json;

  ApiFunction(Migrator migrator, MigrationDesk desk, ObjectMapper json) {
    this.migrator = migrator;
    this.desk = desk;
    this.json = json;
  }

  /**
   * Takes requests of an HTTP API, payload 2.0.
   *
   * @throws InvalidInputException if it is another kind of event
   */
  @Funq("api")
  public HttpResponse.Wire api(JsonNode event) {
    EventKind kind = EventKind.of(event);
    if (kind != EventKind.HTTP_REQUEST) {
      throw kind.notFor(
          "api", "requests of an HTTP API, payload 2.0", "Send migration events to migrate.");
    }
    HttpResponse response = response(HttpRequest.of(event));
    return new HttpResponse.Wire(response.status(), response.headers(), text(response.body()));
  }

  private HttpResponse response(HttpRequest request) {
    try {
      if (request.path().equals(MIGRATIONS)) {
        return request.method().equals("POST")
            ? post(request)
            : HttpResponse.methodNotAllowed("POST");
      }
      if (request.path().startsWith(MIGRATIONS + "/")) {
        return request.method().equals("GET") ? get(request) : HttpResponse.methodNotAllowed("GET");
      }
      return HttpResponse.problem(
          404, "Not found", "There are POST /migrations and GET /migrations/{phoneNumberId}.");
    } catch (UnfinishedException e) {
      return HttpResponse.unfinished(e.result());
    } catch (StoreException e) {
      return HttpResponse.problem(503, e.getMessage(), e.cure());
    }
  }

  private HttpResponse post(HttpRequest request) {
    Optional<JsonNode> event = StrictJson.parse(request.body()).filter(it -> !it.isMissingNode());
    if (event.isEmpty()) {
      return HttpResponse.problem(
          400, "The body is no JSON", "Send a migration event as the body.");
    }
    MigrationRequest migrationRequest;
    try {
      migrationRequest = MigrationEvent.read(event.get(), Delivery.of("api"));
      if (request.respondAsync()) {
        return queued(migrationRequest, event.get());
      }
    } catch (InvalidInputException e) {
      return HttpResponse.of(migrator.refuse(MigrationEvent.numberIn(event.get()), e));
    }
    return HttpResponse.of(migrator.migrate(migrationRequest));
  }

  private HttpResponse queued(MigrationRequest request, JsonNode event) {
    desk.enqueue(request, event.toString());
    return HttpResponse.accepted(MIGRATIONS + "/" + request.phoneNumberId());
  }

  private HttpResponse get(HttpRequest request) {
    try {
      PhoneNumberId number = new PhoneNumberId(request.path().substring(MIGRATIONS.length() + 1));
      return desk.history(number)
          .map(HttpResponse::ok)
          .orElseGet(
              () -> HttpResponse.problem(404, "Not found", "The ledger knows nothing of it."));
    } catch (InvalidInputException e) {
      return HttpResponse.problem(404, e.getMessage(), e.cure());
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
