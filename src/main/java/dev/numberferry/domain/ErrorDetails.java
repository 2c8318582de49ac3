package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What went wrong, as far as it is known; absent parts are null. The fields are those of the Graph
 * API's error envelope, with own secret values masked.
 *
 * @param code the Graph API's error code, the one field that decides what an error means
 * @param fbtraceId Meta's trace id; it expires, and Meta's support asks for it
 * @param httpStatus the HTTP status that the answer came with
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErrorDetails(
    Integer code,
    Integer subcode,
    String type,
    String message,
    String details,
    String fbtraceId,
    Integer httpStatus) {

  /** A problem of which there is only a text. */
  public static ErrorDetails of(String message) {
    return new ErrorDetails(null, null, null, message, null, null, null);
  }
}
