package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, as far as it is known; absent parts are null. The fields are those of the Graph
 * API's error envelope, with own secret values masked. Source: Meta's page on handling errors.
 *
 * @param code the Graph API's error code, the one field that decides what an error means
 * @param message what happened, or Meta's text
 * @param details what Meta says beyond the message
 * @param fbtraceId Meta's trace id; it expires, and Meta's support asks for it
 * @param httpStatus the HTTP status that the answer came with
 */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErrorDetails(
    @Nullable Integer code,
    @Nullable Long subcode,
    @Nullable String type,
    @Nullable String message,
    @Nullable String details,
    @Nullable String fbtraceId,
    @Nullable Integer httpStatus) {

  /** An error of which there is only a text. */
  public static ErrorDetails of(@Nullable String message) {
    return ErrorDetailsBuilder.builder().message(message).build();
  }

  /** Whether this is the Graph API's error with this code. */
  public boolean hasCode(int other) {
    return code != null && code == other;
  }
}
