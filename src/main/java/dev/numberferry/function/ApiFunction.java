package dev.numberferry.function;

import static dev.numberferry.event.HttpRequest.BRAKE;
import static dev.numberferry.event.HttpRequest.MIGRATIONS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.numberferry.domain.Delivery;
import dev.numberferry.domain.FunctionNames;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.StoreException;
import dev.numberferry.domain.Trigger;
import dev.numberferry.event.Echo;
import dev.numberferry.event.EventKind;
import dev.numberferry.event.HttpRequest;
import dev.numberferry.event.MigrationEvent;
import dev.numberferry.event.Payload;
import dev.numberferry.migration.BrakeControl;
import dev.numberferry.migration.Migrator;
import dev.numberferry.migration.SideRequests;
import dev.numberferry.migration.UnfinishedException;
import dev.numberferry.support.PlainJson;
import dev.numberferry.support.Texts;
import io.quarkus.funqy.Funq;
import java.util.stream.Collectors;

/**
 * The way in for requests: {@code POST /migrations}, {@code GET /migrations/{id}} and {@code GET
 * /brake}.
 */
public class ApiFunction {

  private final Migrator migrator;
  private final SideRequests sideRequests;
  private final BrakeControl brake;
  private final Refusals refusals;
  private final ObjectMapper json;

  ApiFunction(
      Migrator migrator,
      SideRequests sideRequests,
      BrakeControl brake,
      Refusals refusals,
      ObjectMapper json) {
    this.migrator = migrator;
    this.sideRequests = sideRequests;
    this.brake = brake;
    this.refusals = refusals;
    this.json = json;
  }

  /** Takes requests of an HTTP API, payload 2.0; any other event is answered as one as well. */
  @Funq(FunctionNames.API)
  public HttpResponse.Wire api(Payload event) {
    return Failures.logged(() -> handle(event));
  }

  private HttpResponse.Wire handle(Payload event) {
    HttpResponse response;
    try {
      EventKind kind = EventKind.of(event.json());
      response =
          kind == EventKind.HTTP_REQUEST && event.problem() == null
              ? response(HttpRequest.of(event.json()))
              : notARequest(event, kind);
    } catch (UnfinishedException e) {
      response = HttpResponse.unfinished(e.result());
    } catch (StoreException e) {
      response = HttpResponse.problem(503, e.getMessage(), e.cure());
    }
    return new HttpResponse.Wire(
        response.status(), response.headers(), PlainJson.write(json, response.body()));
  }

  private HttpResponse response(HttpRequest request) {
    if (request.path().equals(MIGRATIONS)) {
      return request.method().equals("POST")
          ? post(request)
          : HttpResponse.methodNotAllowed("POST");
    }
    if (request.path().startsWith(MIGRATIONS + "/")) {
      return request.method().equals("GET") ? get(request) : HttpResponse.methodNotAllowed("GET");
    }
    if (request.path().equals(BRAKE)) {
      return request.method().equals("GET")
          ? HttpResponse.ok(BrakeAnswer.of(brake.state()))
          : HttpResponse.methodNotAllowed("GET");
    }
    return HttpResponse.problem(
        404,
        "Not found",
        "There are POST /migrations, GET /migrations/{phoneNumberId} and GET /brake.");
  }

  private HttpResponse notARequest(Payload event, EventKind kind) {
    InvalidInputException problem =
        event.problem() == null
            ? kind.notFor(
                FunctionNames.API,
                "requests of an HTTP API, payload 2.0",
                "Send migration events to migrate.")
            : event.problem();
    return refused(event, problem);
  }

  private HttpResponse post(HttpRequest request) {
    if (!request.parameters().isEmpty()) {
      return HttpResponse.problem(
          400,
          "The query has "
              + request.parameters().stream().map(Texts::shown).collect(Collectors.joining(", ")),
          "Leave the query out: what is to be done stands in the body, as a migration event.");
    }
    Payload body = Payload.of(request.body());
    if (body.json().isMissingNode()) {
      return HttpResponse.problem(
          400, "The body is no JSON", "Send a migration event as the body.");
    }
    MigrationRequest migrationRequest;
    try {
      migrationRequest =
          MigrationEvent.read(
              migrationEvent(body),
              Delivery.of(Trigger.API).withRequestedBy(request.requestedBy()));
      if (request.respondAsync()) {
        return queued(migrationRequest, body.json());
      }
    } catch (InvalidInputException e) {
      return refused(body, e);
    }
    return HttpResponse.of(migrator.migrate(migrationRequest));
  }

  private static JsonNode migrationEvent(Payload body) {
    return EventKind.only(
        body,
        "POST " + MIGRATIONS,
        "a migration event",
        "Send what is inside by itself, as the body.");
  }

  private HttpResponse refused(Payload event, InvalidInputException reason) {
    return refusals
        .refuse(event, Delivery.of(Trigger.API), reason)
        .map(HttpResponse::of)
        .orElseGet(
            () ->
                HttpResponse.problem(
                    422,
                    "It is " + Echo.of(event.json()).orElseThrow().words(),
                    "Send a migration event."));
  }

  private HttpResponse queued(MigrationRequest request, JsonNode event) {
    sideRequests.enqueue(request, event.toString());
    return HttpResponse.accepted(MIGRATIONS + "/" + request.phoneNumberId());
  }

  private HttpResponse get(HttpRequest request) {
    try {
      PhoneNumberId number = new PhoneNumberId(request.path().substring(MIGRATIONS.length() + 1));
      return sideRequests
          .history(number)
          .map(HttpResponse::ok)
          .orElseGet(
              () -> HttpResponse.problem(404, "Not found", "The ledger knows nothing of it."));
    } catch (InvalidInputException e) {
      return HttpResponse.problem(404, e.getMessage(), e.cure());
    }
  }
}
