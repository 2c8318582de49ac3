package dev.numberferry.ledger;

import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Upload;
import java.time.Instant;
import java.util.Optional;

/**
 * What a run leaves in a number's entry that was no attempt. Absent parts leave the entry as it is.
 *
 * @param result how it ended
 * @param upload the upload that started it, by which older ones are judged
 * @param heard what the topic has heard of it
 */
public record LastAnswer(
    Optional<MigrationResult> result, Optional<Upload> upload, Optional<Heard> heard) {

  /** An upload alone: what was answered is on record. */
  public static LastAnswer of(Optional<Upload> upload) {
    return new LastAnswer(Optional.empty(), upload, Optional.empty());
  }

  /** The same where the topic has heard nothing of it. */
  public LastAnswer unheard() {
    return new LastAnswer(result, upload, Optional.empty());
  }

  LastAnswer believedAt(Instant now) {
    return new LastAnswer(result, upload.map(it -> it.believedAt(now)), heard);
  }
}
