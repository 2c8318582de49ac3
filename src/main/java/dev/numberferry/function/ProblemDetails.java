package dev.numberferry.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.numberferry.domain.MigrationResult;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

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
