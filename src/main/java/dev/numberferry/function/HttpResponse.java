package dev.numberferry.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Status;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An answer as an API Gateway HTTP API takes it (payload 2.0), before its body is text. */
record HttpResponse(int status, Map<String, String> headers, Object body) {

  private static final Map<Status, Integer> STATUS =
      Map.of(
          Status.MIGRATED, 200,
          Status.ALREADY_MIGRATED, 200,
          Status.READY, 200,
          Status.INVALID, 422,
          Status.NOT_READY, 422,
          Status.WITHHELD, 409,
          Status.REJECTED, 502,
          Status.NOT_SENT, 503,
          Status.UNKNOWN, 504);

  /** What API Gateway reads. */
  @RegisterForReflection
  public record Wire(int statusCode, Map<String, String> headers, String body) {}

  static HttpResponse ok(Object body) {
    return new HttpResponse(200, Map.of("content-type", "application/json"), body);
  }

  static HttpResponse accepted(String location) {
    return new HttpResponse(
        202,
        Map.of("content-type", "application/json", "location", location),
        Map.of("location", location));
  }

  static HttpResponse of(MigrationResult result) {
    int status = Objects.requireNonNull(STATUS.get(result.status()));
    return status == 200 ? ok(result) : problem(status, result);
  }

  /** The result is known, but the topic or the ledger did not take it. */
  static HttpResponse unfinished(MigrationResult result) {
    return result.status() == Status.NOT_SENT ? of(result) : problem(500, result);
  }

  static HttpResponse problem(int status, @Nullable String title, @Nullable String detail) {
    return new HttpResponse(
        status,
        Map.of("content-type", "application/problem+json"),
        new ProblemDetails(title, status, detail, null));
  }

  static HttpResponse methodNotAllowed(String allowed) {
    return new HttpResponse(
        405,
        Map.of("content-type", "application/problem+json", "allow", allowed),
        new ProblemDetails("Method not allowed", 405, "Use " + allowed + " here.", null));
  }

  private static HttpResponse problem(int status, MigrationResult result) {
    return new HttpResponse(
        status,
        Map.of("content-type", "application/problem+json"),
        new ProblemDetails(result.status().name(), status, result.outcome().nextStep(), result));
  }

  /**
   * Problem details (RFC 9457).
   *
   * @param migration the result of a migration where there is one; or null
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ProblemDetails(
      @Nullable String title,
      int status,
      @Nullable String detail,
      @Nullable MigrationResult migration) {}
}
