package dev.numberferry.ledger;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.numberferry.domain.Retry;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What makes two deliveries of a number's events the same attempt. No secret is part of it: a
 * secret goes by the id of its version.
 *
 * @param backupGiven the backup as the event names it
 * @param backupRead the backup as it was read, with its version
 * @param secretVersion the version of the number's secret that was read
 * @param pinVersion the version under which a generated PIN is stored, else null
 * @param retry the operator's word for one more attempt, else null
 */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AttemptKey(
    String backupGiven,
    String backupRead,
    String secretId,
    String secretVersion,
    @Nullable String pinVersion,
    @Nullable Retry retry)
    implements AttemptKeyBuilder.With {

  /** Whether an event read from the outside is this attempt again. */
  public boolean isSameAs(AttemptKey other) {
    if (retry != null || other.retry != null) {
      return retry != null && retry.isSameAs(other.retry);
    }
    return isSameButForVersion(other)
        && (secretVersion.equals(other.secretVersion) || other.secretVersion.equals(pinVersion));
  }

  /**
   * Whether an event is this attempt again if its version of the secret holds what that of this one
   * did. A retry is told by itself.
   */
  public boolean isSameButForVersion(AttemptKey other) {
    return retry == null
        && other.retry == null
        && backupRead.equals(other.backupRead)
        && secretId.equals(other.secretId);
  }

  /** Whether an event whose backup or secret cannot be used is this attempt again. */
  public boolean isGivenAs(String backup, Optional<Retry> other) {
    return (retry != null || other.isPresent())
        ? other.filter(this::isRetry).isPresent()
        : backupGiven.equals(backup);
  }

  /** A retry is one attempt, whatever version of backup or secret is read for it later. */
  public boolean isRetry(Retry other) {
    return other.isSameAs(retry);
  }

  /** The version of the secret that holds the PIN which was sent. */
  @JsonIgnore
  public String sentPinVersion() {
    return pinVersion == null ? secretVersion : pinVersion;
  }
}
