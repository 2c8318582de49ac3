package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One part of what a message needs to be sent, and whether it lets it pass; absent parts are null.
 * Source: Meta's page on the messaging health status.
 *
 * @param entityType {@code PHONE_NUMBER}, {@code WABA}, {@code BUSINESS}, {@code APP} and others
 * @param canSendMessage {@code AVAILABLE}, {@code LIMITED} or {@code BLOCKED}
 * @param errors why it is not available
 * @param additionalInfo what Meta adds in words
 */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record HealthEntity(
    @Nullable String entityType,
    @Nullable String id,
    @Nullable String canSendMessage,
    List<HealthError> errors,
    List<String> additionalInfo) {

  public HealthEntity {
    errors = errors == null ? List.of() : List.copyOf(errors);
    additionalInfo = additionalInfo == null ? List.of() : List.copyOf(additionalInfo);
  }

  /** Whether it keeps messages back, all or some of them. */
  public boolean holdsBack() {
    return canSendMessage != null && !canSendMessage.equals(NumberState.AVAILABLE);
  }

  /** Whether Meta says why. */
  public boolean hasReasons() {
    return !errors.isEmpty() || !additionalInfo.isEmpty();
  }

  /** The same for an operator. */
  Finding warning() {
    String which =
        Stream.of(entityType, id).filter(Objects::nonNull).collect(Collectors.joining(" "));
    String why =
        joined(Stream.concat(errors.stream().map(HealthError::reason), additionalInfo.stream()));
    String solution = joined(errors.stream().map(HealthError::possibleSolution));
    return Finding.warning(
        "health",
        "of " + which + " is " + canSendMessage + (why.isEmpty() ? "" : " (" + why + ")"),
        solution.isEmpty() ? "Look at it in WhatsApp Manager." : solution + ".");
  }

  private static String joined(Stream<String> texts) {
    return texts
        .filter(Objects::nonNull)
        .map(Sentence::part)
        .filter(it -> !it.isEmpty())
        .distinct()
        .collect(Collectors.joining("; "));
  }
}
