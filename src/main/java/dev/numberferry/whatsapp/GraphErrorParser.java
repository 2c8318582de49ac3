package dev.numberferry.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.ErrorDetailsBuilder;
import dev.numberferry.support.StrictJson;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the error in an answer of the Graph API, in whatever form it comes. */
final class GraphErrorParser {

  private GraphErrorParser() {}

  /**
   * The error in an answer. Besides the documented envelope it may be the first of several, or a
   * bare text; one without a code has an unknown effect.
   */
  static Optional<GraphError> read(
      GraphError.Call call, int httpStatus, JsonNode answer, SecretMasker masker) {
    JsonNode found = answer.hasNonNull("error") ? answer.get("error") : answer.path("errors");
    JsonNode error = found.isArray() ? found.path(0) : found;
    return error.isObject() || error.isTextual()
        ? Optional.of(of(call, httpStatus, error, masker))
        : Optional.empty();
  }

  private static GraphError of(
      GraphError.Call call, int httpStatus, JsonNode error, SecretMasker masker) {
    String message =
        Stream.of(text(error), text(error.path("message")), text(error.path("title")))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse("WhatsApp gave an error without a text");
    String details = details(error, message);
    ErrorDetails shown =
        ErrorDetailsBuilder.builder()
            .code(
                number(error.path("code"))
                    .filter(code -> code <= Integer.MAX_VALUE)
                    .map(Long::intValue)
                    .orElse(null))
            .subcode(number(error.path("error_subcode")).orElse(null))
            .type(masked(text(error.path("type")), masker))
            .message(masker.mask(message))
            .details(masked(details, masker))
            .fbtraceId(masked(text(error.path("fbtrace_id")), masker))
            .httpStatus(httpStatus)
            .build();
    String all =
        (message + "\n" + Objects.requireNonNullElse(details, "")).toLowerCase(Locale.ROOT);
    return new GraphError(call, shown, all, error.path("is_transient").asBoolean());
  }

  /** What Meta says beyond the message, which is often only a title; null where that is nothing. */
  private static @Nullable String details(JsonNode error, String message) {
    Set<String> parts =
        Stream.of(
                ofData(error.path("error_data")),
                text(error.path("details")),
                text(error.path("error_user_title")),
                text(error.path("error_user_msg")))
            .filter(Objects::nonNull)
            .filter(part -> !part.isBlank() && !message.contains(part))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return parts.isEmpty()
        ? null
        : parts.stream()
            .filter(part -> parts.stream().noneMatch(it -> it != part && it.contains(part)))
            .collect(Collectors.joining("; "));
  }

  /** {@code error_data} is an object, or a text that holds one, or just a text. */
  private static @Nullable String ofData(JsonNode data) {
    if (!data.isTextual()) {
      return text(data.path("details"));
    }
    return StrictJson.parse(data.textValue())
        .filter(JsonNode::isObject)
        .map(it -> text(it.path("details")))
        .orElse(data.textValue());
  }

  /** Codes are numbers, and now and then texts of digits. */
  private static Optional<Long> number(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong()
        ? Optional.of(node.longValue())
        : Optional.ofNullable(text(node))
            .map(String::strip)
            .filter(it -> it.matches("[0-9]{1,18}"))
            .map(Long::valueOf);
  }

  private static @Nullable String masked(@Nullable String text, SecretMasker masker) {
    return text == null ? null : masker.mask(text);
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : null;
  }
}
