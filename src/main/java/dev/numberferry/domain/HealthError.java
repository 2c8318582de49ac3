package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One reason for which a {@link HealthEntity} is not available; absent parts are null.
 *
 * @param code one of Meta's, such as 141006 for a payment method that is missing
 * @param possibleSolution what Meta advises
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HealthError(
    @Nullable Integer code, @Nullable String description, @Nullable String possibleSolution) {

  String reason() {
    return Stream.of(code == null ? null : "code " + code, description)
        .filter(Objects::nonNull)
        .collect(Collectors.joining(": "));
  }
}
