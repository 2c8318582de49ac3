package dev.numberferry.whatsapp;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.ErrorDetailsBuilder;
import dev.numberferry.support.StrictJson;
import dev.numberferry.support.Texts;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Finds the error in an answer of the Graph API, in whatever form it comes. */
final class GraphErrorParser {

  /** More than Meta says anywhere; each line of {@link GraphErrorCode} reads it all. */
  private static final int LONGEST_TEXT = 10_000;

  private static final String BLAMED = "blame_field_specs";
  private static final int MOST_BLAMED = 10;
  private static final int LONGEST_PATH = 10;

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
    String message = message(error);
    Optional<String> blamed = blamed(error);
    Optional<String> details = details(error, message, blamed);
    ErrorDetails shown =
        ErrorDetailsBuilder.builder()
            .code(
                number(error.path("code"))
                    .filter(code -> code == code.intValue())
                    .map(Long::intValue)
                    .orElse(null))
            .subcode(number(error.path("error_subcode")).orElse(null))
            .type(text(error.path("type")).map(masker::mask).orElse(null))
            .message(masker.mask(message))
            .details(details.map(masker::mask).orElse(null))
            .fbtraceId(
                text(error.path("fbtrace_id"))
                    .filter(it -> !it.isBlank())
                    .map(masker::mask)
                    .orElse(null))
            .httpStatus(httpStatus)
            .build();
    String all =
        (message + "\n" + Texts.first(details.orElse(""), LONGEST_TEXT)).toLowerCase(Locale.ROOT);
    return new GraphError(
        call, shown, all, error.path("is_transient").asBoolean(), blamed.map(masker::mask));
  }

  private static String message(JsonNode error) {
    return Stream.of(text(error), text(error.path("message")), text(error.path("title")))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse("WhatsApp gave an error without a text");
  }

  /** What Meta says beyond the message, which is often only a title. */
  private static Optional<String> details(JsonNode error, String message, Optional<String> blamed) {
    Set<String> parts =
        Stream.of(
                ofData(error, blamed),
                text(error.path("details")),
                text(error.path("error_user_title")),
                text(error.path("error_user_msg")),
                blamed.map("blamed: "::concat))
            .flatMap(Optional::stream)
            .filter(part -> !part.isBlank() && !message.contains(part))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return parts.stream()
        .filter(part -> parts.stream().noneMatch(it -> it != part && it.contains(part)))
        .reduce((one, next) -> one + "; " + next);
  }

  private static Optional<String> ofData(JsonNode error, Optional<String> blamed) {
    Optional<String> details = text(data(error).path("details"));
    return details.isPresent() || blamed.isPresent() ? details : text(error.path("error_data"));
  }

  /** {@code error_data} is an object, or a text that holds one, or just a text. */
  private static JsonNode data(JsonNode error) {
    JsonNode data = error.path("error_data");
    return Optional.ofNullable(data.textValue())
        .flatMap(StrictJson::parse)
        .filter(JsonNode::isObject)
        .orElse(data);
  }

  /**
   * The parameters that Meta blames, each as a path of names. What its marketing API answers so,
   * others have met here as well.
   */
  private static Optional<String> blamed(JsonNode error) {
    JsonNode ofData = data(error).path(BLAMED);
    return elements(ofData.isArray() ? ofData : error.path(BLAMED))
        .limit(MOST_BLAMED)
        .map(GraphErrorParser::path)
        .filter(path -> !path.isEmpty())
        .reduce((one, next) -> one + ", " + next)
        .map(it -> Texts.first(it, LONGEST_TEXT));
  }

  private static String path(JsonNode names) {
    return elements(names)
        .limit(LONGEST_PATH)
        .flatMap(it -> text(it).stream())
        .collect(joining("."));
  }

  /** The elements of a list; a single value is a list of one. */
  private static Stream<JsonNode> elements(JsonNode node) {
    return node.isArray() ? StreamSupport.stream(node.spliterator(), false) : Stream.of(node);
  }

  /** Codes are numbers, and now and then texts of digits. */
  private static Optional<Long> number(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong()
        ? Optional.of(node.longValue())
        : text(node).map(String::strip).filter(it -> it.matches("[0-9]{1,18}")).map(Long::valueOf);
  }

  private static Optional<String> text(JsonNode node) {
    return Optional.ofNullable(node.textValue()).map(it -> Texts.first(it, LONGEST_TEXT));
  }
}
