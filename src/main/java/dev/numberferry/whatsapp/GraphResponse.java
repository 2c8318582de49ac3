package dev.numberferry.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.ErrorDetailsBuilder;
import dev.numberferry.support.StrictJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An answer of the Graph API, read as far as it can be.
 *
 * @param json the JSON object in it, if there is one that was read as a whole
 * @param failure the error in it, if there is one
 * @param toldWait what its headers ask for
 * @param traceId under which Meta's support finds the call, where the headers tell
 */
record GraphResponse(
    RawAnswer raw,
    Optional<JsonNode> json,
    Optional<GraphFailure> failure,
    Optional<Duration> toldWait,
    Optional<String> traceId) {

  /**
   * In the order in which they tell one call from others. Source: Meta's page on debugging requests
   * of the Graph API; the second is what people reported.
   */
  private static final List<String> TRACES =
      List.of("x-fb-trace-id", "x-fb-request-id", "x-fb-debug");

  private static final int SERVER_ERROR = 500;

  /**
   * @param now when it came
   */
  static GraphResponse read(RawAnswer raw, GraphError.Call call, SecretMasker masker, Instant now) {
    Optional<JsonNode> json = StrictJson.parse(raw.body()).filter(JsonNode::isObject);
    Optional<Duration> toldWait = WaitHeaders.longest(raw, now);
    Optional<String> traceId = traceId(raw, masker);
    Optional<GraphFailure> failure =
        json.or(() -> raw.whole() ? Optional.empty() : Optional.of(CutJson.read(raw.body())))
            .flatMap(it -> GraphErrorParser.read(call, raw.status(), it, masker))
            .map(error -> error.withTraceId(traceId))
            .map(error -> new GraphFailure(error, GraphErrorCode.of(error), toldWait));
    return new GraphResponse(raw, json.filter(it -> raw.whole()), failure, toldWait, traceId);
  }

  private static Optional<String> traceId(RawAnswer raw, SecretMasker masker) {
    return TRACES.stream()
        .flatMap(it -> raw.header(it).stream())
        .filter(it -> !it.isBlank())
        .findFirst()
        .map(it -> masker.mask(it.strip()));
  }

  int status() {
    return raw.status();
  }

  boolean isRedirect() {
    return status() >= 300 && status() < 400;
  }

  boolean isSuccess() {
    return status() >= 200 && status() < 300;
  }

  boolean isServerError() {
    return status() >= SERVER_ERROR;
  }

  /** What is shown where nothing in the answer can be: only that it is of no use. */
  ErrorDetails undocumented() {
    return withoutError(
        raw.whole()
            ? "WhatsApp gave an answer of no documented form"
            : "WhatsApp's answer was not read to its end, as its body is over 1 MB");
  }

  /** What is shown where the answer names no error. */
  ErrorDetails withoutError(String message) {
    return ErrorDetailsBuilder.builder()
        .message(message)
        .fbtraceId(traceId.orElse(null))
        .httpStatus(status())
        .build();
  }

  /** Without the JSON, whose texts may echo what was sent. */
  @Override
  public String toString() {
    return raw.toString();
  }
}
