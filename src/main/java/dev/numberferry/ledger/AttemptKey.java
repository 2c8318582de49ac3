package dev.numberferry.ledger;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;

/**
 * What makes two deliveries of a number's events the same attempt. No secret is part of it: a
 * secret goes by the id of its version.
 *
 * @param backupGiven the backup as the event names it
 * @param backupRead the backup as it was read, with its version
 * @param secretVersion the version of the number's secret that was read
 * @param pinVersion the version under which a generated PIN is stored, else null
 * @param retry the operator's reason for one more attempt, else null
 */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AttemptKey(
    String backupGiven,
    String backupRead,
    String secretId,
    String secretVersion,
    String pinVersion,
    String retry)
    implements AttemptKeyBuilder.With {

  /** Whether an event read from the outside is this attempt again. */
  public boolean isSameAs(AttemptKey other) {
    return backupRead.equals(other.backupRead)
        && secretId.equals(other.secretId)
        && (secretVersion.equals(other.secretVersion) || other.secretVersion.equals(pinVersion))
        && Objects.equals(retry, other.retry);
  }

  /** Whether an event whose backup or secret are gone is this attempt again. */
  public boolean isGivenAs(String backup, String otherRetry) {
    return backupGiven.equals(backup) && Objects.equals(retry, otherRetry);
  }

  /** The version of the secret that holds the PIN which was sent. */
  @JsonIgnore
  public String sentPinVersion() {
    return pinVersion == null ? secretVersion : pinVersion;
  }
}
