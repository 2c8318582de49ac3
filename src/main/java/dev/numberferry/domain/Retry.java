package dev.numberferry.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An operator's word that there is to be one more attempt. It is bound to what the operator knows:
 * where the number's history or its state has gone on since, it lifts nothing. One pair of {@code
 * after} and {@code reason} is one attempt.
 *
 * @param after the newest attempt that the operator knows, as {@code <migrationId>/<STATUS>}, or
 *     {@link #NONE}; results and {@code GET /migrations/{id}} have it ready to be sent
 * @param reason why, in words; null in a result, which only says what the others have to be
 * @param state what WhatsApp showed of the number, where the operator knows that; results have it
 *     ready to be sent where a retry has to say it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Retry(String after, @Nullable String reason, @Nullable String state) {

  /** Says that the number has no attempt yet. */
  public static final String NONE = "none";

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  public Retry {}

  /** A retry that knows nothing of the number's state. */
  public Retry(String after, @Nullable String reason) {
    this(after, reason, null);
  }

  /** Version 0.1.0 kept a retry as its reason alone. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Retry of(String reason) {
    return new Retry(NONE, reason);
  }

  /** What a retry after this has to say. */
  public static Retry after(String known) {
    return new Retry(known, null);
  }

  public Retry withState(@Nullable String shown) {
    return new Retry(after, reason, shown);
  }

  /** Whether this is the same attempt as another one: what was seen of the number is no part. */
  public boolean isSameAs(@Nullable Retry other) {
    return other != null && after.equals(other.after) && Objects.equals(reason, other.reason);
  }
}
