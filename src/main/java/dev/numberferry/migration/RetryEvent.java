package dev.numberferry.migration;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PhoneNumberId;
import java.util.Optional;

/** An upload cannot carry a retry: this shows the event that can, for the same object. */
final class RetryEvent {

  private RetryEvent() {}

  /** The outcome of an upload, with the event in its next step where a retry can lift it. */
  static Outcome shownIn(Outcome outcome, PhoneNumberId number, StoredBackup object) {
    return Optional.ofNullable(outcome.retry())
        .map(
            retry ->
                outcome.withNextStep(
                    "%s An upload carries no retry: send %s to migrate, with your reason in it."
                        .formatted(outcome.nextStep(), event(number, object, retry.after()))))
        .orElse(outcome);
  }

  private static String event(PhoneNumberId number, StoredBackup object, String after) {
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("phoneNumberId", number.value());
    ObjectNode backup =
        event.putObject("backup").put("bucket", object.bucket()).put("key", object.key());
    if (object.versionId() != null) {
      backup.put("versionId", object.versionId());
    }
    event.putObject("retry").put("after", after).put("reason", "");
    return event.toString();
  }
}
